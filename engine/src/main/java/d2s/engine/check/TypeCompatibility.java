package d2s.engine.check;

import d2s.engine.expression.KnownType;
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

  /** What a constant is that does not fit, and what to write instead where that is plain. */
  static String misfit(Object constant, ColumnType type) {
    String what =
        constant instanceof Boolean
            ? "a boolean"
            : constant instanceof Long ? "a number" : "a fraction";
    return switch (type.kind()) {
      case BOOL -> what + "; write true or false";
      case TEXT, VARCHAR, CHAR -> what + "; for a text write \"'" + constant + "'\"";
      case INT2, INT4, INT8 -> constant instanceof Boolean ? what + "; write 1 or 0" : what;
      default -> what;
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

  /** Whether values of this type are whole numbers. */
  static boolean integer(ColumnType type) {
    return shape(type) == Shape.INTEGER || type.kind() == Kind.NUMERIC;
  }

  /** What values of a column are in expressions. */
  static KnownType known(ColumnType type) {
    return switch (shape(type)) {
      case INTEGER -> KnownType.INTEGER;
      case FRACTION -> KnownType.FRACTION;
      case BOOLEAN -> KnownType.BOOLEAN;
      case TEXT -> KnownType.TEXT;
      case BYTES -> KnownType.BYTES;
      case INTEGERS, TEXTS -> KnownType.LIST;
      case UNKNOWN -> KnownType.UNKNOWN;
    };
  }

  /** False if no value of this type can ever stand in a column, save null. */
  static boolean value(KnownType from, ColumnType to) {
    return !from.isKnown()
        || from.isNull()
        || switch (to.kind()) {
          case INT2, INT4, INT8 -> from.isNumber() && !from.equals(KnownType.FRACTION);
          case FLOAT4, FLOAT8 -> from.isNumber();
          case BOOL -> from.isBoolean();
          case TEXT, VARCHAR, CHAR, JSON, JSONB, UUID -> from.isText();
          case BYTEA -> from.equals(KnownType.BYTES);
          case TEXT_ARRAY, INT8_ARRAY -> from.isList() && !from.equals(KnownType.BYTES);
          default -> true;
        };
  }

  /**
   * False for a wider integer in the narrowest type, which is made for flags. Whether a great
   * number fits into four bytes is often held by a condition of the mapping, which is not seen
   * here.
   */
  static boolean wideEnough(ColumnType from, ColumnType to) {
    return to.kind() != Kind.INT2 || from.kind() == Kind.INT2;
  }

  /** The least and the greatest number of an integer type, for people. */
  static String range(ColumnType type) {
    return switch (type.kind()) {
      case INT2 -> Short.MIN_VALUE + " to " + Short.MAX_VALUE;
      case INT4 -> Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
      default -> Long.MIN_VALUE + " to " + Long.MAX_VALUE;
    };
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
