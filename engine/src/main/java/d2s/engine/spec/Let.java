package d2s.engine.spec;

/** A value computed once per source row, usable by name in the expressions after it. */
public record Let(Text name, Value value) {}
