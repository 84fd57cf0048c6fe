package d2s.matrix.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.bound.BoundMappings;
import d2s.engine.check.Checker;
import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Phase;
import d2s.engine.plan.Plan;
import d2s.engine.query.LiveDescriber;
import d2s.engine.query.Queries;
import d2s.engine.query.RelationDescriber;
import d2s.engine.query.RememberingDescriber;
import d2s.engine.query.SharedAnswers;
import d2s.engine.query.SourceColumn;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogDdl;
import d2s.engine.yaml.Problems;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the mapping files against the catalogs, in databases that are made from the catalogs. */
class MappingFilesTest {

  /** Of all databases of this test. */
  private static final SharedAnswers ANSWERS = new SharedAnswers();

  private final MappingSet set = MappingSetLoader.loadResources("dendrite-to-synapse");

  @ParameterizedTest
  @CsvSource({"dendrite-0.13.8, synapse-88", "dendrite-0.13.8, newest", "dendrite-0.15.2, newest"})
  void fitTheSchemasAndTheAnswersOfOneHoldForTheOthers(String dendrite, String synapse)
      throws SQLException {
    Catalog source = BundledCatalogs.read(dendrite);
    Catalog target =
        synapse.equals("newest")
            ? BundledCatalogs.newest("synapse")
            : BundledCatalogs.read(synapse);
    Queries queries =
        new Queries(
            set.views(), set.facts().stream().map(fact -> fact.name().value()).toList(), Map.of());
    Problems problems = new Problems();

    try (Connection from = empty(source);
        Connection to = empty(target)) {
      BoundMappings checked =
          new Checker(
                  set,
                  source,
                  target,
                  queries,
                  comparing(
                      new LiveDescriber(from, to),
                      new RememberingDescriber(
                          new LiveDescriber(from, to), ANSWERS.of(source), ANSWERS.of(target))),
                  Integer.parseInt(target.version()),
                  problems)
              .check();
      Plan plan = Plan.of(set, checked, target, problems);

      assertThat(problems.sorted()).isEmpty();
      assertThat(plan.steps()).hasSameSizeAs(checked.mappings());
    }
  }

  /** Tells what a database says, and compares it with what it would have been taken to say. */
  private static RelationDescriber comparing(RelationDescriber live, RelationDescriber shared) {
    return (side, sql) -> {
      List<SourceColumn> columns = live.describe(side, sql);
      assertThat(shared.describe(side, sql)).as(sql).isEqualTo(columns);
      return columns;
    };
  }

  /** The numbers that the command line takes are those that the folders have. */
  @Test
  void theNumberOfAFolderIsThatOfItsPhase() {
    List<String> folders = new ArrayList<>();
    for (Phase phase : set.phases()) {
      folders.add(folders.size() + 1 + "-" + phase.name());
    }

    assertThat(set.mappings())
        .allSatisfy(
            mapping -> {
              String file = mapping.name().at().toString();
              assertThat(file).startsWith(folders.get(phaseIndex(mapping)) + "/");
            });
    assertThat(set.mappings().stream().map(this::phaseIndex).distinct())
        .as("every phase has a folder, and the mappings are in the order of the phases")
        .containsExactlyElementsOf(IntStream.range(0, folders.size()).boxed().toList());
  }

  private int phaseIndex(Mapping mapping) {
    return set.phases().stream()
        .map(phase -> phase.name().value())
        .toList()
        .indexOf(mapping.phase().value());
  }

  private static Connection empty(Catalog catalog) throws SQLException {
    Connection connection = TestPostgres.createDatabase("catalog").connect();
    CatalogDdl.create(connection, catalog);
    return connection;
  }
}
