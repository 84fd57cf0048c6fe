package d2s.engine.query;

import d2s.engine.schema.ColumnType;

/** A column of a relation that a mapping reads. */
public record SourceColumn(String name, ColumnType type) {}
