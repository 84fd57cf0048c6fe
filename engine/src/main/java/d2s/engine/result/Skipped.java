package d2s.engine.result;

/** Something that was not carried over. */
public record Skipped(String mapping, String what, String reason) {}
