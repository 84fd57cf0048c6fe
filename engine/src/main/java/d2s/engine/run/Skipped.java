package d2s.engine.run;

/** Something that was not carried over. */
public record Skipped(String mapping, String what, String reason) {}
