package d2s.matrix.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.examples.ExampleTrials;
import d2s.engine.examples.ExampleTrials.Case;
import d2s.engine.examples.ExampleTrials.Running;
import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Skip;
import d2s.engine.schema.Catalog;
import d2s.engine.yaml.Problems;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.testing.TestPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
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

  /** Whatever a mapping leaves out, a reader can see it left out, and why. */
  @Test
  void everyReasonToSkipIsShown() {
    List<String> hidden = new ArrayList<>();
    for (Mapping mapping : SET.mappings()) {
      for (Skip skip : mapping.skips()) {
        String reason = plain(skip.reason().value());
        boolean shown =
            mapping.examples().stream()
                .flatMap(example -> example.skipped().stream())
                .anyMatch(
                    one -> one.reason() != null && reason.contains(plain(one.reason().value())));
        if (!shown && skip.onError() == null) {
          hidden.add(
              mapping.name() + ": " + (skip.when() == null ? "repeats" : skip.when().text()));
        }
      }
    }

    assertThat(hidden)
        .containsExactlyInAnyOrder(
            // What another mapping skipped is shown there; DamagedDendriteIT has what hangs on it.
            "forward_extremities: lost.has(event_id)",
            "notifications: lost.has(event_id)",
            "pushers: device_id != null && not devices.has(matrix:userId(localpart, server_name),"
                + " device_id)",
            "destination_rooms: unknown.has(destination)");
  }

  private static String plain(String text) {
    return text.strip().replaceAll("\\s+", " ");
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
