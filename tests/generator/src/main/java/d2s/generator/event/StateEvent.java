package d2s.generator.event;

/**
 * An event in the state of a room.
 *
 * @param position its number in the stream of the sync component; 0 if it never went to clients
 */
public record StateEvent(
    long nid,
    String id,
    String type,
    String key,
    String sender,
    String content,
    long position,
    long depth) {}
