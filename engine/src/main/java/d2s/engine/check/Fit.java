package d2s.engine.check;

import d2s.engine.schema.ColumnType;

/** Whether a constant can stand in a column. */
final class Fit {

  private Fit() {}

  static boolean constant(Object value, ColumnType type) {
    return switch (type.kind()) {
      case INT2 -> value instanceof Long number && number == number.shortValue();
      case INT4 -> value instanceof Long number && number == number.intValue();
      case INT8 -> value instanceof Long;
      case FLOAT4, FLOAT8, NUMERIC -> value instanceof Number;
      case BOOL -> value instanceof Boolean;
      default -> false;
    };
  }
}
