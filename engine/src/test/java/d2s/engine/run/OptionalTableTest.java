package d2s.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.MappingSet;
import d2s.engine.plan.Plan;
import d2s.engine.prepare.Mode;
import d2s.engine.prepare.Preflight;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mapping whose table only some sources have. */
class OptionalTableTest {

  private static final String SET =
      """
      set: shop
      description: Moves a shop.
      source: { name: old_shop, marker_table: goods }
      target: { name: new_shop, marker_table: version, version: select version from version, supported: '>=1' }
      phases:
        all: Everything.
      """;

  private static final String GOODS =
      """
      mapping: goods
      phase: all
      description: What is sold.
      from: { table: goods }
      to:
        items:
          name: name
      """;

  private static final String VOUCHERS =
      """
      mapping: vouchers
      phase: all
      description: Only newer shops have vouchers.
      from: { table: vouchers, optional: true }
      to:
        vouchers:
          code: code
      depends_on: [goods]
      """;

  @TempDir private Path directory;
  private TestDatabase source;
  private TestDatabase target;

  @BeforeEach
  void makeShops() throws SQLException {
    source = TestPostgres.createDatabase("old_shop");
    source.execute("create table goods (name text)", "insert into goods values ('spade')");
    target = TestPostgres.createDatabase("new_shop");
    target.execute(
        "create table version (version int)",
        "insert into version values (1)",
        "create table items (name text)",
        "create table vouchers (code text)");
  }

  @Test
  void theMappingIsLeftOutAndThePlanSaysSo() throws Exception {
    MappingSet set = load(VOUCHERS);

    Plan plan = plan(set);
    assertThat(plan.steps()).extracting(step -> step.name()).containsExactly("goods");
    assertThat(plan.omitted())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.name()).isEqualTo("vouchers");
              assertThat(one.reason()).isEqualTo("the source has no table vouchers");
            });
    assertThat(run(set).committed()).isTrue();
    assertThat(count("items")).isEqualTo(1);
    assertThat(count("vouchers")).isZero();
  }

  @Test
  void theMappingRunsWhereTheTableIs() throws Exception {
    source.execute("create table vouchers (code text)", "insert into vouchers values ('A'), ('B')");
    MappingSet set = load(VOUCHERS);

    assertThat(plan(set).omitted()).isEmpty();
    assertThat(run(set).committed()).isTrue();
    assertThat(count("vouchers")).isEqualTo(2);
  }

  @Test
  void aTableThatMustBeThereIsStillMissed() throws Exception {
    MappingSet set = load(VOUCHERS.replace(", optional: true", ""));
    assertThatThrownBy(() -> plan(set))
        .isInstanceOf(InvalidMappingsException.class)
        .hasMessageContaining("no table vouchers in the source");
  }

  @Test
  void onlyATableCanBeOptional() throws Exception {
    String query = VOUCHERS.replace("table: vouchers,", "sql: select code from vouchers,");
    assertThatThrownBy(() -> load(query))
        .isInstanceOf(InvalidMappingsException.class)
        .hasMessageContaining("only a table can be missing");
    assertThatThrownBy(() -> load(VOUCHERS.replace("true", "perhaps")))
        .isInstanceOf(InvalidMappingsException.class)
        .hasMessageContaining("optional must be true or false");
  }

  private MappingSet load(String vouchers) throws IOException {
    Files.writeString(directory.resolve("set.yaml"), SET);
    Files.writeString(directory.resolve("goods.yaml"), GOODS);
    Files.writeString(directory.resolve("vouchers.yaml"), vouchers);
    return MappingSetLoader.load(directory);
  }

  private Plan plan(MappingSet set) throws SQLException {
    try (Connection from = source.connect();
        Connection to = target.connect()) {
      return Preflight.of(set, from, to, Map.of(), Mode.LOAD).plan();
    }
  }

  private RunResult run(MappingSet set) {
    RunOptions options = new RunOptions(false, false, Set.of(), Map.of());
    return new Migration(set, source.dataSource(), target.dataSource(), options)
        .run(Progress.silent());
  }

  private long count(String table) throws SQLException {
    try (Connection connection = target.connect();
        ResultSet row =
            connection.createStatement().executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    }
  }
}
