package d2s.engine.schema;

import java.util.Objects;

/**
 * A sequence, without its current value.
 *
 * @param type int2, int4 or int8
 * @param start the first value
 * @param owner the column that it was made for and goes away with: a serial or identity column;
 *     null when it stands by itself
 */
public record Sequence(
    String name,
    ColumnType type,
    long start,
    long increment,
    long minimum,
    long maximum,
    Owner owner) {

  /** The column that a sequence belongs to. */
  public record Owner(String table, String column) {
    public Owner {
      Objects.requireNonNull(table);
      Objects.requireNonNull(column);
    }
  }

  public Sequence {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
  }

  /**
   * The greatest value of a sequence of this type that counts upwards without a limit of its own.
   */
  public static long greatest(ColumnType type) {
    return switch (type.kind()) {
      case INT2 -> Short.MAX_VALUE;
      case INT4 -> Integer.MAX_VALUE;
      case INT8 -> Long.MAX_VALUE;
      default ->
          throw new IllegalArgumentException(
              "A sequence counts in int2, int4 or int8, not in " + type);
    };
  }
}
