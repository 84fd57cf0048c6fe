package d2s.engine.schema;

import java.util.Objects;

/**
 * A column of a table.
 *
 * @param nullable whether a new row may hold NULL here. A check constraint {@code (column IS NOT
 *     NULL)} counts like NOT NULL: a row is refused for either.
 * @param defaultExpression the SQL expression of its default, or of a generated column; null when
 *     there is none
 * @param generation whether the database makes the value itself
 */
public record Column(
    String name,
    ColumnType type,
    boolean nullable,
    String defaultExpression,
    Generation generation) {

  /** How the database makes the values of a column. */
  public enum Generation {
    /** It does not; at most there is a default. */
    NONE,
    /** From a sequence, unless the row brings a value. */
    IDENTITY_BY_DEFAULT,
    /** From a sequence. An INSERT cannot bring a value, but COPY can. */
    IDENTITY_ALWAYS,
    /** Computed from other columns and stored. Nothing can be written to it. */
    STORED;

    public boolean isIdentity() {
      return this == IDENTITY_BY_DEFAULT || this == IDENTITY_ALWAYS;
    }
  }

  public Column {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
    Objects.requireNonNull(generation);
  }

  /** A column without default. */
  public static Column of(String name, ColumnType type, boolean nullable) {
    return new Column(name, type, nullable, null, Generation.NONE);
  }

  /** Whether COPY can bring a value for it. */
  public boolean writable() {
    return generation != Generation.STORED;
  }

  /** Whether a row that does not mention this column gets something other than NULL in it. */
  public boolean hasDefault() {
    return defaultExpression != null || generation != Generation.NONE;
  }
}
