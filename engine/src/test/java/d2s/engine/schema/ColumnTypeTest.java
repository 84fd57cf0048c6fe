package d2s.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.schema.ColumnType.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTypeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bigint | INT8 | 0 | int8",
        "int8 | INT8 | 0 | int8",
        "smallint | INT2 | 0 | int2",
        "boolean | BOOL | 0 | bool",
        "text | TEXT | 0 | text",
        "character varying | VARCHAR | 0 | varchar",
        "character varying(32) | VARCHAR | 32 | varchar(32)",
        "varchar(32) | VARCHAR | 32 | varchar(32)",
        "character(1) | CHAR | 1 | char(1)",
        "numeric(10,2) | NUMERIC | 0 | numeric(10,2)",
        "timestamp without time zone | TIMESTAMP | 0 | timestamp",
        "bigint[] | INT8_ARRAY | 0 | int8[]",
        "text[] | TEXT_ARRAY | 0 | text[]",
        "mood | OTHER | 0 | mood",
        "mood(3) | OTHER | 0 | mood(3)",
      })
  void bothSpellingsAreUnderstood(String name, Kind kind, int length, String sql) {
    assertThat(ColumnType.of(name)).isEqualTo(new ColumnType(kind, length, sql));
  }

  @Test
  void theInternalCharTypeIsNotTheCharOfUsers() {
    assertThat(ColumnType.of("\"char\"").kind()).isEqualTo(Kind.OTHER);
  }
}
