package d2s.matrix.redaction;

import d2s.engine.extension.Functions;
import d2s.matrix.event.RoomVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The functions {@code redaction:...} of the mapping files. Events are given as JSON. Rooms of
 * versions 1 and 2 compare the servers in the ids of the events; here those of the senders stand
 * for them.
 */
public final class RedactionFunctions implements Functions {

  @Override
  public String namespace() {
    return "redaction";
  }

  /**
   * Whether the sender of a redaction has the power to redact the events of everybody.
   *
   * @param powerLevels the power levels before the redaction; null if the room has none
   * @param create the create event of the room
   */
  public boolean hasPower(String redaction, String powerLevels, String create, String roomVersion) {
    SentEvent redacting = SentEvent.of(redaction);
    SentEvent creating = SentEvent.of(create);
    if (redacting == null || redacting.sender() == null || creating == null) {
      return false;
    }
    SentEvent power = SentEvent.of(powerLevels);
    if (powerLevels != null && (power == null || !power.isPowerLevels())) {
      return false;
    }
    Optional<RoomVersion> version = RoomVersion.of(roomVersion);
    return new PowerLevels(
            power == null ? Map.of() : power.content(),
            power != null,
            creating,
            version.map(RoomVersion::isRoomNamedAfterCreateEvent).orElse(false),
            version.map(RoomVersion::isPowerLevelAsText).orElse(false))
        .canRedact(redacting.sender());
  }

  /**
   * Whether a redaction is allowed: by the power of its sender, or because it comes from the server
   * of the event that it redacts. A create event is never redacted.
   */
  public boolean isAllowed(
      String redaction, String target, String powerLevels, String create, String roomVersion) {
    SentEvent redacting = SentEvent.of(redaction);
    SentEvent redacted = SentEvent.of(target);
    if (redacting == null || redacted == null || "m.room.create".equals(redacted.type())) {
      return false;
    }
    boolean ownServer = redacting.server() != null && redacting.server().equals(redacted.server());
    return ownServer || hasPower(redaction, powerLevels, create, roomVersion);
  }

  /**
   * Whether one of several redactions of an event is allowed.
   *
   * @param redactions their JSON
   * @param powerLevels for each of them the JSON of the power levels before it, or null
   */
  public boolean isAnyAllowed(
      List<?> redactions, String target, List<?> powerLevels, String create, String roomVersion) {
    for (int i = 0; i < redactions.size(); i++) {
      String redaction = (String) redactions.get(i);
      if (isAllowed(redaction, target, (String) powerLevels.get(i), create, roomVersion)) {
        return true;
      }
    }
    return false;
  }
}
