package d2s.engine.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Held against a real index: what is let through fits, whatever its bytes are. */
class IndexWidthsTest {

  private static final List<String> COLUMNS = List.of("n", "a", "b", "c", "d");

  private TestDatabase database;
  private IndexWidths widths;

  @BeforeEach
  void create() throws SQLException {
    database = TestPostgres.createDatabase("widths");
    database.execute(
        "create table t (n int primary key, a text, b text, c text, d text)",
        "create index one on t (a)",
        "create unique index two on t (b, n, c) where n > 0",
        "create index by_words on t using gin (to_tsvector('simple', d))",
        "create index by_hash on t using hash (d)",
        "create index computed on t (lower(d))");
    try (Connection connection = database.connect()) {
      widths = IndexWidths.of(connection);
    }
  }

  @AfterEach
  void drop() throws SQLException {
    database.drop();
  }

  @Test
  void knowsTheColumnsOfVaryingLengthOfEachTree() {
    assertThat(widths.of("t", COLUMNS)).containsExactly(new int[] {1}, new int[] {2, 3});
    assertThat(widths.of("t", List.of("c"))).containsExactly(new int[] {0});
    assertThat(widths.of("t", List.of("d"))).isEmpty();
    assertThat(widths.of("other", COLUMNS)).isEmpty();
  }

  @Test
  void saysWhichColumnsAreTooLong() {
    List<int[]> indexes = widths.of("t", COLUMNS);

    assertThat(tooWide(indexes, 2_600, 1_300, 1_300, 9_999)).isNull();
    assertThat(tooWide(indexes, 2_601, 0, 0, 0))
        .isEqualTo("the column a is too long for an index: 2601 bytes, and at most 2600 fit");
    assertThat(tooWide(indexes, 0, 1_301, 1_300, 0))
        .isEqualTo(
            "the columns b and c together are too long for an index: 2601 bytes, and at most 2600"
                + " fit");
  }

  @Test
  void whatIsLetThroughFits() throws SQLException {
    insert(1, random(2_600), random(1_300), random(1_300));
    insert(2, "", random(2_600), null);
    insert(3, null, random(1), random(2_599));
    assertThatThrownBy(() -> insert(4, random(2_750), null, null))
        .hasMessageContaining("exceeds btree version 4 maximum 2704");
  }

  private static String tooWide(List<int[]> indexes, int a, int b, int c, int d) {
    return IndexWidths.tooWide(indexes, COLUMNS, new int[] {4, a, b, c, d});
  }

  /** ASCII that cannot be compressed. */
  private static String random(int length) {
    StringBuilder text = new StringBuilder(length);
    new Random(length).ints(length, '!', '~').forEach(c -> text.append((char) c));
    return text.toString();
  }

  private void insert(int n, String a, String b, String c) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement row = connection.prepareStatement("insert into t values (?, ?, ?, ?)")) {
      row.setInt(1, n);
      row.setString(2, a);
      row.setString(3, b);
      row.setString(4, c);
      row.execute();
    }
  }
}
