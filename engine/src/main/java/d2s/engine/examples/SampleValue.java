package d2s.engine.examples;

import d2s.engine.function.Json;
import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType;
import d2s.engine.schema.ColumnType.Kind;
import d2s.engine.yaml.Literal;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Values of examples as PostgreSQL writes them. */
final class SampleValue {

  private static final Set<Kind> TEXTS = EnumSet.of(Kind.TEXT, Kind.VARCHAR, Kind.CHAR);
  private static final Set<Kind> JSON =
      EnumSet.of(Kind.TEXT, Kind.VARCHAR, Kind.BYTEA, Kind.JSON, Kind.JSONB);
  private static final Set<Kind> ARRAYS =
      EnumSet.of(Kind.INT4_ARRAY, Kind.INT8_ARRAY, Kind.TEXT_ARRAY);
  private static final Set<Kind> INTEGERS = EnumSet.of(Kind.INT2, Kind.INT4, Kind.INT8);
  private static final Set<Kind> FRACTIONS = EnumSet.of(Kind.FLOAT4, Kind.FLOAT8, Kind.NUMERIC);

  private SampleValue() {}

  /**
   * Why a value cannot stand in a column, as the end of a sentence that begins with the column;
   * null if it can, as far as that is known without a database.
   */
  static String misfit(Literal literal, Column column) {
    ColumnType type = column.type();
    Object value = literal.content();
    if (value == null) {
      return column.nullable() ? null : "is NOT NULL";
    }
    if (value instanceof Boolean) {
      return type.kind() == Kind.BOOL ? null : is(type) + ", not true or false";
    }
    if (value instanceof Long number) {
      return fits(number, type.kind()) ? null : is(type) + misfit(type, number);
    }
    if (value instanceof BigDecimal) {
      return FRACTIONS.contains(type.kind()) ? null : is(type) + ", not a fraction";
    }
    if (value instanceof String text) {
      return misfit(text, type);
    }
    if (isJson(literal, type)) {
      return null;
    }
    if (literal.elements() != null && ARRAYS.contains(type.kind())) {
      return literal.elements().stream()
              .allMatch(one -> one.content() == null || isElement(one.content(), type.kind()))
          ? null
          : is(type) + ", and an element is of another kind";
    }
    return is(type) + ", not " + (literal.elements() == null ? "an object" : "a list");
  }

  private static String is(ColumnType type) {
    return "is " + type;
  }

  private static String misfit(ColumnType type, long number) {
    if (INTEGERS.contains(type.kind())) {
      return ", which cannot hold " + number;
    }
    return TEXTS.contains(type.kind()) ? "; write '" + number + "'" : ", not a number";
  }

  private static boolean fits(long number, Kind kind) {
    return switch (kind) {
      case INT2 -> number == (short) number;
      case INT4 -> number == (int) number;
      case INT8 -> true;
      default -> FRACTIONS.contains(kind);
    };
  }

  private static String misfit(String text, ColumnType type) {
    if (type.kind() == Kind.BOOL
        || INTEGERS.contains(type.kind())
        || FRACTIONS.contains(type.kind())) {
      return is(type) + ", not a text";
    }
    if (text.indexOf('\0') >= 0) {
      return "cannot hold U+0000; PostgreSQL has no such texts";
    }
    if (TEXTS.contains(type.kind())
        && type.length() > 0
        && text.codePointCount(0, text.length()) > type.length()) {
      return is(type) + ", and the text is longer";
    }
    return null;
  }

  private static boolean isElement(Object value, Kind array) {
    return array == Kind.TEXT_ARRAY
        ? value instanceof String
        : value instanceof Long number && (array == Kind.INT8_ARRAY || number == number.intValue());
  }

  /** Whether a list or an object stands for its JSON text. */
  static boolean isJson(Literal literal, ColumnType type) {
    return (literal.elements() != null || literal.members() != null) && JSON.contains(type.kind());
  }

  /** The text that a database makes the value of; null for NULL. */
  static String text(Literal literal, ColumnType type) {
    if (literal.content() == null) {
      return null;
    }
    if (isJson(literal, type)) {
      String json = Json.write(literal.plain());
      return type.kind() == Kind.BYTEA ? json.replace("\\", "\\\\") : json;
    }
    return literal.elements() == null ? literal.content().toString() : array(literal.elements());
  }

  private static String array(List<Literal> elements) {
    return elements.stream()
        .map(element -> element.content() == null ? "NULL" : quoted(element.content().toString()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String element) {
    return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /**
   * What stands in a column that an example does not name, as an SQL expression: its default, else
   * NULL where that may be, else a value that says nothing.
   *
   * @param place the number of the row in its table, from 1: numbers that a sequence would give
   */
  static String neutral(Column column, int place) {
    boolean numbered =
        column.generation().isIdentity()
            || column.defaultExpression() != null
                && column.defaultExpression().contains("nextval(");
    if (numbered) {
      return Integer.toString(place);
    }
    if (column.defaultExpression() != null) {
      return "default";
    }
    return column.nullable() ? "null" : neutral(column.type());
  }

  private static String neutral(ColumnType type) {
    return switch (type.kind()) {
      case INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC -> "0";
      case BOOL -> "false";
      case TEXT, VARCHAR, CHAR, BYTEA, TSVECTOR -> "''";
      case JSON, JSONB, INT4_ARRAY, INT8_ARRAY, TEXT_ARRAY -> "'{}'";
      case TIMESTAMP, TIMESTAMPTZ, DATE -> "'1970-01-01'";
      case UUID -> "'00000000-0000-0000-0000-000000000000'";
      case INET -> "'127.0.0.1'";
      case OTHER -> "null";
    };
  }
}
