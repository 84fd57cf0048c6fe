package d2s.matrix.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.ledger.LedgerCheck;
import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.LedgerEntry;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Side;
import d2s.engine.schema.Catalog;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import d2s.matrix.catalog.BundledCatalogs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every column of both servers is read, filled, or listed with a reason. */
class LedgerTest {

  private static final Catalog SYNAPSE = BundledCatalogs.read("synapse-94");
  private static final Catalog NEWEST_DENDRITE = BundledCatalogs.read("dendrite-0.15.2");

  private final MappingSet set = MappingSetLoader.loadResources("dendrite-to-synapse");

  @ParameterizedTest
  @ValueSource(strings = {"dendrite-0.13.8", "dendrite-0.15.2"})
  void everyColumnIsAccountedFor(String dendrite) {
    assertThat(problems(set, BundledCatalogs.read(dendrite))).isEmpty();
  }

  /** What only later versions of the target have room for is left behind for a reason, too. */
  @ParameterizedTest
  @ValueSource(ints = {88, 89, 90, 91, 92, 93, 94})
  void everyColumnOfTheSourceIsAccountedForInEveryVersionOfTheTarget(int version) {
    Problems problems = new Problems();

    new LedgerCheck(set, version, problems).source(NEWEST_DENDRITE);

    assertThat(set.target().supported().contains(version)).isTrue();
    assertThat(problems.sorted()).isEmpty();
  }

  @Test
  void anEntryOfEveryTableOfTheLedgerIsMissed() {
    Set<String> tried = new HashSet<>();
    for (LedgerEntry entry : set.ledger()) {
      // What only forks and leftovers have is not missed here; LayoutsTest has a made-up fork.
      if (isKnown(entry) && tried.add(entry.side() + " " + entry.table())) {
        List<LedgerEntry> fewer = set.ledger().stream().filter(other -> other != entry).toList();

        assertThat(problems(with(fewer), NEWEST_DENDRITE))
            .as("without %s.%s", entry.table(), entry.column())
            .isNotEmpty()
            .allMatch(problem -> problem.message().contains(entry.table().value()));
      }
    }
    assertThat(tried).hasSizeGreaterThan(120);
  }

  private static boolean isKnown(LedgerEntry entry) {
    return (entry.side() == Side.SOURCE ? NEWEST_DENDRITE : SYNAPSE)
        .table(entry.table().value())
        .filter(table -> entry.column() == null || table.column(entry.column().value()).isPresent())
        .isPresent();
  }

  private MappingSet with(List<LedgerEntry> ledger) {
    return new MappingSet(
        set.name(),
        set.description(),
        set.source(),
        set.target(),
        set.phases(),
        set.stores(),
        set.views(),
        set.facts(),
        set.preconditions(),
        set.secrets(),
        set.mappings(),
        ledger);
  }

  private static List<Problem> problems(MappingSet set, Catalog dendrite) {
    Problems problems = new Problems();
    LedgerCheck accounting = new LedgerCheck(set, Integer.parseInt(SYNAPSE.version()), problems);
    accounting.source(dendrite);
    accounting.target(SYNAPSE);
    return problems.sorted();
  }
}
