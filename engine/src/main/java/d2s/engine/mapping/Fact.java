package d2s.engine.mapping;

import d2s.engine.yaml.Text;

/**
 * A value that is read once a run and usable in every expression, and in SQL as {@code :name}.
 *
 * @param sql a query with one row and one column; null where the value must be given by the caller
 */
public record Fact(Text name, Text description, Side side, Text sql) {}
