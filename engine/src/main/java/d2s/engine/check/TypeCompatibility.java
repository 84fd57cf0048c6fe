package d2s.engine.check;

import d2s.engine.schema.ColumnType;
import d2s.engine.schema.ColumnType.Kind;
import java.util.EnumSet;
import java.util.Set;

/** Whether values can stand in a column, as far as that is known without seeing them. */
final class TypeCompatibility {

  private static final Set<Kind> WRITABLE =
      EnumSet.of(
          Kind.INT2,
          Kind.INT4,
          Kind.INT8,
          Kind.FLOAT4,
          Kind.FLOAT8,
          Kind.BOOL,
          Kind.TEXT,
          Kind.VARCHAR,
          Kind.CHAR,
          Kind.JSON,
          Kind.JSONB,
          Kind.BYTEA,
          Kind.UUID,
          Kind.TEXT_ARRAY,
          Kind.INT8_ARRAY);

  private TypeCompatibility() {}

  /** Whether rows can be written to a column of this type at all. */
  static boolean writable(ColumnType type) {
    return WRITABLE.contains(type.kind());
  }

  static boolean constant(Object value, ColumnType type) {
    return switch (type.kind()) {
      case INT2 -> value instanceof Long number && number == number.shortValue();
      case INT4 -> value instanceof Long number && number == number.intValue();
      case INT8 -> value instanceof Long;
      case FLOAT4, FLOAT8 -> value instanceof Number;
      case BOOL -> value instanceof Boolean;
      default -> false;
    };
  }

  /** False if no value of the one type can ever stand in a column of the other, save null. */
  static boolean column(ColumnType from, ColumnType to) {
    Shape shape = shape(from);
    return shape == Shape.UNKNOWN
        || switch (to.kind()) {
          case INT2, INT4, INT8 -> shape == Shape.INTEGER;
          case FLOAT4, FLOAT8 -> shape == Shape.INTEGER || shape == Shape.FRACTION;
          case BOOL -> shape == Shape.BOOLEAN;
          case TEXT, VARCHAR, CHAR, JSON, JSONB, UUID -> shape == Shape.TEXT;
          case BYTEA -> shape == Shape.BYTES;
          case TEXT_ARRAY -> shape == Shape.TEXTS;
          case INT8_ARRAY -> shape == Shape.INTEGERS;
          default -> true;
        };
  }

  /** Whether a value of this type can be a condition. */
  static boolean condition(ColumnType type) {
    return shape(type) == Shape.BOOLEAN || shape(type) == Shape.UNKNOWN;
  }

  /** Whether a value of this type can be repeated over. */
  static boolean list(ColumnType type) {
    return Set.of(Shape.TEXTS, Shape.INTEGERS, Shape.BYTES, Shape.UNKNOWN).contains(shape(type));
  }

  /** Whether rows can be grouped by values of this type. */
  static boolean groupKey(ColumnType type) {
    return shape(type) == Shape.TEXT || shape(type) == Shape.INTEGER;
  }

  /** Whether keys of the two types can be equal. */
  static boolean sameKey(ColumnType a, ColumnType b) {
    return shape(a) == shape(b);
  }

  /** What a value is in an expression. */
  private enum Shape {
    INTEGER,
    FRACTION,
    BOOLEAN,
    TEXT,
    BYTES,
    INTEGERS,
    TEXTS,
    UNKNOWN
  }

  private static Shape shape(ColumnType type) {
    return switch (type.kind()) {
      case INT2, INT4, INT8 -> Shape.INTEGER;
      case FLOAT4, FLOAT8, NUMERIC -> Shape.FRACTION;
      case BOOL -> Shape.BOOLEAN;
      case BYTEA -> Shape.BYTES;
      case INT4_ARRAY, INT8_ARRAY -> Shape.INTEGERS;
      case TEXT_ARRAY -> Shape.TEXTS;
      case OTHER -> Shape.UNKNOWN;
      default -> Shape.TEXT;
    };
  }
}
