package d2s.matrix.event;

/**
 * An event whose JSON is not an event.
 *
 * <p>The message names the event and says what is wrong, and never quotes the event: content is
 * private. For the same reason there is no cause, because a JSON parser quotes what it stumbles on.
 */
public final class MalformedEventException extends IllegalArgumentException {

  private final String eventId;

  /**
   * @param eventId the event's id, as the source database has it
   * @param what what is wrong, as the end of the sentence "event X ..."
   */
  public MalformedEventException(String eventId, String what) {
    super("event " + (eventId == null ? "without id" : eventId) + " " + what);
    this.eventId = eventId;
  }

  /** The id of the event, as the source database has it; null if it has none. */
  public String eventId() {
    return eventId;
  }
}
