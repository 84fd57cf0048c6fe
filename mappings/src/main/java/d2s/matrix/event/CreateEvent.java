package d2s.matrix.event;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The event that a room begins with, as far as it decides whether Synapse can have the room.
 *
 * <p>Its content says the version of the room. Up to version 10 a redaction removes that, and then
 * the column {@code roomserver_rooms.room_version} is the only witness left. A missing version
 * means 1 otherwise. The id of the event tells which of them is right, since it follows from the
 * event by the rules of the version.
 */
final class CreateEvent {

  private static final String VERSION_WITHOUT_NAME = "1";

  private CreateEvent() {}

  /**
   * The version of the room; empty if Synapse cannot have the room, because it does not know the
   * version or could not hold or read the event.
   *
   * @param columnVersion what Dendrite says beside the event; may be wrong or unknown
   */
  static Optional<RoomVersion> version(
      String roomId, String columnVersion, String eventId, String json, boolean redacted) {
    for (String candidate : candidates(json, eventId, columnVersion)) {
      Optional<RoomVersion> version =
          RoomVersion.of(candidate).filter(RoomVersion::isKnownToSynapse);
      if (version.isPresent() && isUsable(roomId, eventId, json, redacted, version.get())) {
        return version;
      }
    }
    return Optional.empty();
  }

  private static Set<String> candidates(String json, String eventId, String columnVersion) {
    // Version 12 asks least of a create event; what its content says is the same in all of them.
    Object named = Pdu.parse(json, eventId, RoomVersion.V12).getContent().get("room_version");
    if (named != null) {
      return Set.of(named.toString());
    }
    return new LinkedHashSet<>(
        columnVersion == null
            ? List.of(VERSION_WITHOUT_NAME)
            : List.of(columnVersion, VERSION_WITHOUT_NAME));
  }

  private static boolean isUsable(
      String roomId, String eventId, String json, boolean redacted, RoomVersion version) {
    Pdu read = Pdu.parse(json, eventId, version);
    Pdu pdu = redacted ? read.redacted() : read;
    return pdu.isCreate()
        && roomId.equals(pdu.getRoomId())
        && pdu.getIncompatibility() == null
        && pdu.isEventIdCorrect();
  }
}
