package d2s.matrix.redaction;

import java.util.Map;
import java.util.Objects;

/**
 * Who may do what in a room.
 *
 * @param content of the power levels event; empty if the room has none
 * @param hasEvent whether it has one
 * @param create the create event
 * @param creatorsStandAbove whether those who made the room can do everything (version 12)
 * @param canBeTexts whether levels can be texts with a number (before version 10)
 */
record PowerLevels(
    Map<?, ?> content,
    boolean hasEvent,
    SentEvent create,
    boolean creatorsStandAbove,
    boolean canBeTexts) {

  private static final long CREATOR_WITHOUT_EVENT = 100;
  private static final long DEFAULT_FOR_REDACTIONS = 50;

  /** Whether a user may redact the events of everybody. */
  boolean canRedact(String userId) {
    return creatorsStandAbove && isCreator(userId)
        || level(userId) >= integer(content.get("redact"), DEFAULT_FOR_REDACTIONS);
  }

  private boolean isCreator(String userId) {
    return Objects.equals(userId, create.sender())
        || create.content().get("additional_creators") instanceof Iterable<?> others
            && contains(others, userId);
  }

  private static boolean contains(Iterable<?> users, String userId) {
    for (Object user : users) {
      if (user.equals(userId)) {
        return true;
      }
    }
    return false;
  }

  private long level(String userId) {
    if (!hasEvent) {
      return !creatorsStandAbove && userId.equals(create.sender()) ? CREATOR_WITHOUT_EVENT : 0;
    }
    long ofEverybody = integer(content.get("users_default"), 0);
    return content.get("users") instanceof Map<?, ?> users
        ? integer(users.get(userId), ofEverybody)
        : ofEverybody;
  }

  private long integer(Object value, long otherwise) {
    if (canBeTexts && value instanceof String text && text.strip().matches("[+-]?\\d{1,18}")) {
      return Long.parseLong(text.strip());
    }
    return value instanceof Long number ? number : otherwise;
  }
}
