package d2s.cli.large;

/** An event that others can name as their predecessor. */
record Reference(long nid, String id, long depth) {}
