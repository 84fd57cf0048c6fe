package d2s.engine.write;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that do not fit their columns: they are refused with a reason that does not hold them. */
class BinaryCopyMisfitsTest {

  static Stream<Arguments> misfits() {
    return Stream.of(
        misfit("int2", 32768L, "is int2, and the number is outside its range"),
        misfit("int2", -32769, "is int2, and the number is outside its range"),
        misfit("int4", 2147483648L, "is int4, and the number is outside its range"),
        misfit(
            "int8", BigInteger.ONE.shiftLeft(63), "is int8, and the number is outside its range"),
        misfit("int8", 1.0, "is int8, but the value is a number with a fraction"),
        misfit("int8", BigDecimal.ONE, "is int8, but the value is a number with a fraction"),
        misfit("int8", "hunter2", "is int8, but the value is a text"),
        misfit("int8", true, "is int8, but the value is a boolean"),
        misfit("float4", 1e39, "is float4, and the number is outside its range"),
        misfit("float8", new BigDecimal("1e400"), "is float8, and the number is outside its range"),
        misfit("float4", new BigDecimal("1e400"), "is float4, and the number is outside its range"),
        misfit("float8", "1.5", "is float8, but the value is a text"),
        misfit("bool", "true", "is bool, but the value is a text"),
        misfit("bool", 1L, "is bool, but the value is a number"),
        misfit("text", 5L, "is text, but the value is a number"),
        misfit("text", Map.of("hunter2", 1), "is text, but the value is an object"),
        misfit("text", List.of("hunter2"), "is text, but the value is a list"),
        misfit("text", "hunter2".getBytes(), "is text, but the value is bytes"),
        misfit("text", "a\0b", "cannot hold the character U+0000, which the text contains"),
        misfit("text", "\ud83d", "cannot hold half of a surrogate pair, which the text contains"),
        misfit("text", "\ud83dx", "cannot hold half of a surrogate pair, which the text contains"),
        misfit("text", "\ude00", "cannot hold half of a surrogate pair, which the text contains"),
        misfit("text[]", List.of("\0"), "cannot hold the character U+0000, which the text"),
        misfit("varchar(3)", "four", "holds at most 3 characters, and the text is longer"),
        misfit("varchar(3)", "😀😀😀😀", "holds at most 3 characters, and the text is longer"),
        misfit("char(1)", "ab", "holds at most 1 characters, and the text is longer"),
        misfit("json", "{hunter2", "is json, but the text is not JSON (at character 2)"),
        misfit("jsonb", "", "is jsonb, but the text is not JSON"),
        misfit("jsonb", Map.of(), "is jsonb, but the value is an object"),
        misfit("bytea", "hunter2", "is bytea, but the value is a text"),
        misfit("uuid", "hunter2", "is uuid, but the text is not one"),
        misfit("uuid", "1-1-1-1-1", "is uuid, but the text is not one"),
        misfit("uuid", 5L, "is uuid, but the value is a number"),
        misfit(
            "text[]",
            new String[] {"a", null},
            "takes no NULL inside a list, but the value has one"),
        misfit("text[]", List.of("a", 5L), "is text[], but the value is a number"),
        misfit("text[]", "hunter2", "is text[], but the value is a text"),
        misfit("text[]", Map.of("a", "b"), "is text[], but the value is an object"),
        misfit(
            "int8[]",
            Arrays.asList(1L, null),
            "takes no NULL inside a list, but the value has one"),
        misfit("int8[]", List.of(1.5), "is int8[], but the value is a number with a fraction"),
        misfit("int8[]", new byte[] {1}, "is int8[], but the value is bytes"),
        misfit("timestamptz", "2024-01-01", "has the type timestamptz, which no mapping can write"),
        misfit("numeric", 5L, "has the type numeric, which no mapping can write"));
  }

  private static Arguments misfit(String type, Object value, String message) {
    return Arguments.of(type, value, message);
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void areRefusedWithoutBeingNamed(String type, Object value, String message) {
    Column column = Column.of("c", ColumnType.of(type), true);
    BinaryCopyEncoder buffer = new BinaryCopyEncoder("t", List.of(column));
    buffer.startRow();

    assertThatThrownBy(() -> buffer.value(column, value))
        .isInstanceOf(ColumnValueException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("hunter")
        .hasNoCause();
  }

  @Test
  void nullIsRefusedWhereTheColumnSaysSo() {
    Column column = Column.of("c", ColumnType.of("text"), false);
    BinaryCopyEncoder buffer = new BinaryCopyEncoder("t", List.of(column));

    assertThatThrownBy(() -> buffer.value(column, null))
        .isInstanceOf(ColumnValueException.class)
        .hasMessage("is NOT NULL, but the value is null");
    assertThatCode(() -> buffer.value(column, "")).doesNotThrowAnyException();
  }
}
