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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every column of both servers is read, filled, or listed with a reason. */
class LedgerTest {

  private static final MappingSet SET = MappingSetLoader.loadResources("dendrite-to-synapse");
  private static final Catalog SYNAPSE = BundledCatalogs.newest("synapse");
  private static final Catalog NEWEST_DENDRITE = BundledCatalogs.read("dendrite-0.15.2");

  @ParameterizedTest
  @ValueSource(strings = {"dendrite-0.13.8", "dendrite-0.15.2"})
  void everyColumnIsAccountedFor(String dendrite) {
    assertThat(problems(SET, BundledCatalogs.read(dendrite))).isEmpty();
  }

  /** What only later versions of the target have room for is left behind for a reason, too. */
  @ParameterizedTest
  @MethodSource("versions")
  void everyColumnOfTheSourceIsAccountedForInEveryVersionOfTheTarget(int version) {
    Problems problems = new Problems();

    new LedgerCheck(SET, version, problems).source(NEWEST_DENDRITE);

    assertThat(problems.sorted()).isEmpty();
  }

  static IntStream versions() {
    return IntStream.range(0, 1_000).filter(SET.target().supported()::contains);
  }

  @Test
  void theNewestSchemaThatIsSupportedShips() {
    assertThat(versions().max()).hasValue(Integer.parseInt(SYNAPSE.version()));
    assertThat(versions().min()).hasValue(88);
  }

  @Test
  void anEntryOfEveryTableOfTheLedgerIsMissed() {
    Set<String> tried = new HashSet<>();
    for (LedgerEntry entry : SET.ledger()) {
      // What only forks and leftovers have is not missed here; LayoutsTest has a made-up fork.
      if (isKnown(entry) && tried.add(entry.side() + " " + entry.table())) {
        List<LedgerEntry> fewer = SET.ledger().stream().filter(other -> other != entry).toList();

        assertThat(problems(with(fewer), NEWEST_DENDRITE))
            .as("without %s.%s", entry.table(), entry.column())
            .isNotEmpty()
            .allMatch(problem -> problem.message().contains(entry.table().value()));
      }
    }
    assertThat(tried).hasSizeGreaterThan(120);
  }

  private static boolean isKnown(LedgerEntry entry) {
    return entry.versions().contains(Integer.parseInt(SYNAPSE.version()))
        && (entry.side() == Side.SOURCE ? NEWEST_DENDRITE : SYNAPSE)
            .table(entry.table().value())
            .filter(
                table -> entry.column() == null || table.column(entry.column().value()).isPresent())
            .isPresent();
  }

  private static MappingSet with(List<LedgerEntry> ledger) {
    return new MappingSet(
        SET.name(),
        SET.description(),
        SET.source(),
        SET.target(),
        SET.phases(),
        SET.stores(),
        SET.views(),
        SET.facts(),
        SET.preconditions(),
        SET.secrets(),
        SET.mappings(),
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
