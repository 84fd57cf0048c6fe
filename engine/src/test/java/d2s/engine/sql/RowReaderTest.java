package d2s.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.testing.TestPostgres;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {

  private static Connection connection;

  @BeforeAll
  static void connect() throws SQLException {
    connection = TestPostgres.createDatabase("reader").connect();
    try (var statement = connection.createStatement()) {
      statement.execute("create type mood as enum ('fine')");
      statement.execute("create table serials (a bigserial, b serial, c smallserial)");
      statement.execute("insert into serials default values");
    }
    connection.setAutoCommit(false);
  }

  @AfterAll
  static void disconnect() throws SQLException {
    connection.close();
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("5::int2", 5L),
        Arguments.of("0::int4", 0L),
        Arguments.of("(-9223372036854775808)::int8", Long.MIN_VALUE),
        Arguments.of("4294967295::oid", 4294967295L),
        Arguments.of("1.5::float4", 1.5),
        Arguments.of("'NaN'::float8", Double.NaN),
        Arguments.of("0::float8", 0.0),
        Arguments.of("1.50::numeric", new BigDecimal("1.50")),
        Arguments.of("true", true),
        Arguments.of("false", false),
        Arguments.of("'é😀'::text", "é😀"),
        Arguments.of("''::varchar(5)", ""),
        Arguments.of("'a'::char(3)", "a  "),
        Arguments.of("'x'::name", "x"),
        Arguments.of("'fine'::mood", "fine"),
        Arguments.of("'{\"a\":  1}'::json", "{\"a\":  1}"),
        Arguments.of("'{\"a\":  1}'::jsonb", "{\"a\": 1}"),
        Arguments.of("'2024-05-06 07:08:09'::timestamp", "2024-05-06 07:08:09"),
        Arguments.of("'2024-05-06'::date", "2024-05-06"),
        Arguments.of(
            "'0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9'::uuid", "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"),
        Arguments.of("'10.0.0.1'::inet", "10.0.0.1"),
        Arguments.of("'\\x00ff'::bytea", new byte[] {0, -1}),
        Arguments.of("array[1,-2,9223372036854775807]::int8[]", new long[] {1, -2, Long.MAX_VALUE}),
        Arguments.of("array[(-9223372036854775808)]::int8[]", new long[] {Long.MIN_VALUE}),
        Arguments.of("array[1,2]::int4[]", new long[] {1, 2}),
        Arguments.of("array[1]::int2[]", new long[] {1}),
        Arguments.of("'{}'::int8[]", new long[0]),
        Arguments.of("'[5:6]={1,-2}'::int8[]", new long[] {1, -2}),
        Arguments.of("'[5:6]={a,b}'::text[]", new String[] {"a", "b"}),
        Arguments.of("array['a,b','NULL','',null]", new String[] {"a,b", "NULL", "", null}),
        Arguments.of("array['a']::varchar[]", new String[] {"a"}),
        Arguments.of("'{}'::text[]", new String[0]));
  }

  @ParameterizedTest
  @MethodSource("values")
  void everyTypeIsReadAsWhatExpressionsUse(String sql, Object value) throws SQLException {
    assertThat(first("select " + sql)).isEqualTo(new Object[] {value});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int2",
        "int4",
        "int8",
        "oid",
        "float4",
        "float8",
        "numeric",
        "bool",
        "text",
        "bytea",
        "int8[]",
        "int4[]",
        "text[]",
        "json",
        "timestamptz",
        "uuid"
      })
  void nullIsNullInEveryType(String type) throws SQLException {
    assertThat(first("select null::" + type)).isEqualTo(new Object[] {null});
  }

  @Test
  void serialColumnsAreIntegers() throws SQLException {
    assertThat(first("select * from serials")).isEqualTo(new Object[] {1L, 1L, 1L});
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "array[1,null,3]::int8[] => integers with a NULL in it, or one of several dimensions",
        "array[null]::int4[] => integers with a NULL in it, or one of several dimensions",
        "array[[1,2],[3,4]]::int8[] => integers with a NULL in it, or one of several dimensions",
        "'[5:6][1:1]={{1},{2}}'::int8[] => integers with a NULL in it, or one of several dimensions",
        "array[['a'],['b']] => texts of several dimensions",
      })
  void arraysThatNobodyCouldUseAreRefused(String sql, String what) {
    assertThatThrownBy(() -> first("select " + sql + " as numbers"))
        .isInstanceOf(SQLException.class)
        .hasMessage(
            "the column numbers holds an array of "
                + what
                + ", which cannot be read; change it in the query");
  }

  @Test
  void rowsComeOneByOneAndEnd() throws SQLException {
    try (RowReader reader =
        new RowReader(connection, "select n from generate_series(1, 5001) n order by n")) {
      long expected = 1;
      for (Object[] row = reader.next(); row != null; row = reader.next()) {
        assertThat(row[0]).isEqualTo(expected++);
      }
      assertThat(expected).isEqualTo(5002);
    }
  }

  @Test
  void aRefusedQueryLeavesNoStatementOpen() throws SQLException {
    var savepoint = connection.setSavepoint();
    assertThatThrownBy(() -> new RowReader(connection, "select nothing"))
        .isInstanceOf(SQLException.class);
    connection.rollback(savepoint);
    assertThat(first("select 1")).isEqualTo(new Object[] {1L});
  }

  private static Object[] first(String sql) throws SQLException {
    try (RowReader reader = new RowReader(connection, sql)) {
      return reader.next();
    }
  }
}
