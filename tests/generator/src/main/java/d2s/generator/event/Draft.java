package d2s.generator.event;

import java.util.List;

/**
 * What an event shall say.
 *
 * @param key the state key; null for messages
 * @param content canonical JSON
 * @param pruned what a redaction leaves of the content
 * @param redacts the event that this one redacts, or null
 * @param inviteState for invites the stripped state of the room, a JSON array; else null
 */
public record Draft(
    String type,
    String key,
    Person sender,
    String content,
    String pruned,
    List<StateEvent> auth,
    List<Reference> previous,
    String redacts,
    String inviteState) {

  public static Draft message(String type, Person sender, String content, Room room) {
    return new Draft(
        type,
        null,
        sender,
        content,
        "{}",
        room.authOf(sender, null, type),
        room.extremities,
        null,
        null);
  }

  static Draft state(
      String type, String key, Person sender, String content, String pruned, Room room) {
    return new Draft(
        type,
        key,
        sender,
        content,
        pruned,
        room.authOf(sender, key, type),
        room.extremities,
        null,
        null);
  }

  public Draft after(List<Reference> others) {
    return new Draft(type, key, sender, content, pruned, auth, others, redacts, inviteState);
  }
}
