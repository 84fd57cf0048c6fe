package d2s.generator.event;

/** An event that others can name as their predecessor. */
public record Reference(long nid, String id, long depth) {}
