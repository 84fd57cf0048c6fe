package d2s.matrix.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.examples.ExampleTrials;
import d2s.engine.examples.ExampleTrials.Case;
import d2s.engine.examples.ExampleTrials.Running;
import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.schema.Catalog;
import d2s.engine.yaml.Problems;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.testing.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the mapping files come out as they say. */
class ExamplesTest {

  private static final MappingSet SET = MappingSetLoader.loadResources("dendrite-to-synapse");
  private static final ExampleTrials TRIALS =
      new ExampleTrials(SET, BundledCatalogs.read("dendrite-0.15.2"), targets());

  private static Running running;

  private static List<Catalog> targets() {
    return BundledCatalogs.names().stream()
        .filter(name -> name.startsWith("synapse-"))
        .map(BundledCatalogs::read)
        .toList();
  }

  @BeforeAll
  static void start() {
    running = TRIALS.start(name -> TestPostgres.createDatabase("examples").dataSource());
  }

  @AfterAll
  static void stop() throws SQLException {
    running.close();
  }

  static List<Case> cases() {
    return TRIALS.cases();
  }

  @Test
  void everyMappingHasOne() {
    assertThat(SET.mappings())
        .hasSizeGreaterThan(50)
        .filteredOn(mapping -> mapping.examples().isEmpty())
        .extracting(Mapping::name)
        .isEmpty();
  }

  /** An example for versions that no catalog has would never be tried. */
  @Test
  void everyOneIsForACatalog() {
    assertThat(cases().stream().map(Case::example).distinct())
        .hasSize(SET.mappings().stream().mapToInt(m -> m.examples().size()).sum());
  }

  @Test
  void theirNamesAndValuesFitTheCatalogs() {
    Problems problems = new Problems();

    TRIALS.check(problems);

    assertThat(problems.sorted()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void comesOutAsItSays(Case one) throws SQLException {
    Problems problems = new Problems();

    running.run(one, problems);

    assertThat(problems.sorted()).isEmpty();
  }
}
