package d2s.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.engine.mapping.MappingSet;
import d2s.engine.query.LiveDescriber;
import d2s.engine.shop.MappingFiles;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SQL of verifications is held against databases that have no rows. */
class VerificationCheckTest {

  private static final String SET =
      """
      set: shop
      source: { name: Old, marker_table: people }
      target: { name: New, marker_table: version, version: select v from version }
      phases: { first: People. }
      facts:
        greeting: { description: A word., source: select 'hello' }
        floor: { description: A number., source: select count(*) from people }
      """;

  @TempDir private Path directory;

  /** Asks the target what it is told to, one thing after the other. */
  private record Questions(List<String> queries, String prepared) implements Verification {

    @Override
    public String name() {
      return "questions";
    }

    @Override
    public String proves() {
      return "Everything.";
    }

    @Override
    public List<String> tables() {
      return List.of();
    }

    @Override
    public void verify(VerificationContext context, Findings findings) throws SQLException {
      String number = "select id from persons where id > " + context.fact("floor");
      for (String sql : queries) {
        ask(context.target(), sql);
      }
      ask(context.target(), number + " or name = '" + context.fact("greeting") + "'");
      try (PreparedStatement statement = context.target().prepareStatement(prepared)) {
        statement.setLong(1, 1);
      }
    }

    private static void ask(Connection target, String sql) throws SQLException {
      try (Statement statement = target.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          rows.getLong("id");
        }
      }
    }
  }

  @Test
  void whatFitsIsNotTold() throws SQLException {
    assertThat(unfit(List.of("select id from persons"), "select 1 from persons where id = ?"))
        .isEmpty();
  }

  @Test
  void everyStatementThatDoesNotFitIsToldInOneRound() throws SQLException {
    String column = "select id,\n  nickname from persons";
    String table = "select id from pets";
    String prepared = "select 1 from persons where nickname = ?";

    assertThat(unfit(List.of(column, table, column), prepared))
        .extracting(UnfitSql::sql, UnfitSql::index, UnfitSql::reason)
        .containsExactly(
            tuple(column, column.indexOf("nickname"), "column \"nickname\" does not exist"),
            tuple(table, table.indexOf("pets"), "relation \"pets\" does not exist"),
            tuple(prepared, prepared.indexOf("nickname"), "column \"nickname\" does not exist"));
  }

  @Test
  void aFactThatTheSetLacksIsTold() throws SQLException {
    String set = SET.replace("greeting:", "salutation:");

    assertThat(unfit(set, List.of(), "select 1 from persons where id = ?"))
        .extracting(UnfitSql::sql, UnfitSql::reason)
        .containsExactly(tuple("", "set.yaml has no fact greeting"));
  }

  private List<UnfitSql> unfit(List<String> queries, String prepared) throws SQLException {
    return unfit(SET, queries, prepared);
  }

  private List<UnfitSql> unfit(String yaml, List<String> queries, String prepared)
      throws SQLException {
    MappingSet set =
        new MappingFiles(directory)
            .with("set.yaml", yaml)
            .with("m.yaml", "mapping: m\nphase: first\ndescription: A.\nexpect: { e: select 1 }\n")
            .load();
    TestDatabase source = TestPostgres.createDatabase("unfit_source");
    TestDatabase target = TestPostgres.createDatabase("unfit_target");
    source.execute("create table people (id bigint)");
    target.execute("create table persons (id bigint, name text)");
    try (Connection before = source.connect();
        Connection after = target.connect()) {
      return new VerificationCheck(
              VerificationCheck.samples(set, new LiveDescriber(before, after)), before, after)
          .unfit(new Questions(queries, prepared));
    }
  }
}
