package d2s.engine.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.function.Json;
import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType;
import d2s.testing.TestPostgres;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values on their way into columns: they arrive as they are, or are refused with a reason. */
class BinaryCopyEncoderTest {

  private static Connection connection;

  @BeforeAll
  static void connect() throws SQLException {
    connection = TestPostgres.createDatabase("copy").connect();
  }

  @AfterAll
  static void disconnect() throws SQLException {
    connection.close();
  }

  static Stream<Arguments> values() {
    UUID id = UUID.fromString("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9");
    return Stream.of(
        fits("int2", Short.MIN_VALUE, (long) Short.MIN_VALUE),
        fits("int2", 32767L, 32767L),
        fits("int4", Integer.MIN_VALUE, (long) Integer.MIN_VALUE),
        fits("int4", (byte) 5, 5L),
        fits("int8", Long.MIN_VALUE, Long.MIN_VALUE),
        fits("int8", Long.MAX_VALUE, Long.MAX_VALUE),
        fits("int8", BigInteger.TEN, 10L),
        fits("float4", 1.5, 1.5),
        fits("float4", 5L, 5.0),
        fits("float4", Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY),
        fits("float8", Double.MIN_VALUE, Double.MIN_VALUE),
        fits("float8", new BigDecimal("1.25"), 1.25),
        fits("float8", Double.NaN, Double.NaN),
        fits("bool", true, true),
        fits("bool", false, false),
        fits("text", "", ""),
        fits("text", "a\tb\n\\N \u00e9\u20ac\ud83d\ude00\uffff", "a\tb\n\\N é€😀\uffff"),
        fits("text", "x".repeat(1_000_000), "x".repeat(1_000_000)),
        fits("varchar", "any length", "any length"),
        fits("varchar(3)", "😀😀😀", "😀😀😀"),
        fits("char(3)", "a", "a  "),
        fits("json", "{\"a\":  1}", "{\"a\":  1}"),
        fits("jsonb", "{\"b\": 1, \"a\": [null]}", "{\"a\": [null], \"b\": 1}"),
        fits("bytea", new byte[] {0, -1, 39, 92}, new byte[] {0, -1, 39, 92}),
        fits("bytea", new byte[0], new byte[0]),
        fits("uuid", id.toString().toUpperCase(), id.toString()),
        fits("uuid", id, id.toString()),
        fits(
            "text[]",
            new String[] {"a,b", "", "\"\\", "{}", "NULL"},
            new String[] {"a,b", "", "\"\\", "{}", "NULL"}),
        fits("text[]", List.of("x"), new String[] {"x"}),
        fits("text[]", new String[0], new String[0]),
        fits(
            "int8[]",
            new long[] {1, -2, Long.MAX_VALUE, Long.MIN_VALUE},
            new long[] {1, -2, Long.MAX_VALUE, Long.MIN_VALUE}),
        fits("int8[]", List.of(), new long[0]),
        fits("int8[]", new int[] {1, 2}, new long[] {1, 2}),
        fits("int8[]", Json.parse("[1, 2]"), new long[] {1, 2}),
        fits("int8", null, null),
        fits("text[]", null, null),
        fits("timestamptz", null, null));
  }

  private static Arguments fits(String type, Object value, Object read) {
    return Arguments.of(type, value, read);
  }

  @ParameterizedTest
  @MethodSource("values")
  void arriveAsTheyAre(String type, Object value, Object read) throws SQLException {
    CopyTarget target = new CopyTarget(connection, type);
    List<Object[]> rows = target.roundTrip(Collections.singletonList(new Object[] {value}));

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0)).isEqualTo(new Object[] {read});
  }

  @Test
  void aRowThatIsDroppedLeavesNothing() throws SQLException {
    CopyTarget target = new CopyTarget(connection, "text", "int2");
    BinaryCopyEncoder buffer = target.buffer();
    target.add(buffer, "kept", 1L);
    buffer.mark();
    target.add(buffer, "whole, but of the same source row", 7L);
    assertThatThrownBy(() -> target.add(buffer, "dropped", 99999L))
        .isInstanceOf(ColumnValueException.class);
    buffer.backToMark();
    target.add(buffer, "kept too", 2L);

    assertThat(buffer.rows()).isEqualTo(2);
    target.send(buffer);
    assertThat(target.rows())
        .extracting(row -> row[0] + " " + row[1])
        .containsExactly("kept 1", "kept too 2");
  }

  @Test
  void aBufferCanBeUsedAgainAndGrows() throws SQLException {
    CopyTarget target = new CopyTarget(connection, "text");
    BinaryCopyEncoder buffer = target.buffer();
    int expected = 0;
    for (int chunk = 0; chunk < 3; chunk++) {
      for (int i = 0; i < 2_000; i++) {
        target.add(buffer, "\u20ac".repeat(i % 100) + i);
        expected++;
      }
      target.send(buffer);
      assertThat(buffer.rows()).isZero();
    }
    target.send(buffer); // nothing in it: no row
    List<Object[]> rows = target.rows();
    assertThat(rows).hasSize(expected);
    assertThat(rows.get(5_999)[0]).isEqualTo("\u20ac".repeat(99) + 1999);
  }

  @Test
  void namesNeedNoCare() throws SQLException {
    try (var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("create temporary table \"or\"\"der\" (\"from\" int, \"a b\" text)");
      List<Column> columns =
          List.of(
              Column.of("a b", ColumnType.of("text"), true),
              Column.of("from", ColumnType.of("int4"), true));
      BinaryCopyEncoder buffer = new BinaryCopyEncoder("or\"der", columns);
      CopyTarget.add(buffer, columns, "x", 1L);
      new ArrayList<>(List.of(buffer.take()))
          .forEach(
              chunk ->
                  assertThat(chunk.statement())
                      .isEqualTo(
                          "copy \"or\"\"der\" (\"a b\", \"from\") from stdin (format binary)"));
      connection.rollback();
    }
  }
}
