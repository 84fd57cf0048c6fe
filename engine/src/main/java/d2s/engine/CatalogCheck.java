package d2s.engine;

import d2s.engine.bound.BoundMappings;
import d2s.engine.check.Checker;
import d2s.engine.check.Language;
import d2s.engine.ledger.LedgerCheck;
import d2s.engine.mapping.MappingSet;
import d2s.engine.plan.Plan;
import d2s.engine.query.Queries;
import d2s.engine.sql.SqlText;
import d2s.engine.verify.UnfitSql;
import d2s.engine.verify.VerificationCheck;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Holds mapping files against pairs of schemas, and collects all that is wrong with them in one
 * round.
 */
public final class CatalogCheck {

  private final MappingSet set;
  private final Problems problems;
  private final Language language = Language.load();

  /** The texts of files that could not be read whole. */
  private final Set<String> unread;

  CatalogCheck(MappingSet set, Problems problems) {
    this.set = set;
    this.problems = problems;
    this.unread =
        problems.sorted().stream()
            .map(problem -> problem.at().source().text())
            .collect(Collectors.toSet());
  }

  /**
   * Checks against one pair of databases without rows. Mappings that are as they were when the pair
   * was last checked are not bound again.
   */
  public CheckedMappings check(CatalogPair pair) {
    CatalogDatabase source = pair.source();
    CatalogDatabase target = pair.target();
    int version = Integer.parseInt(target.catalog().version());
    List<String> facts = set.facts().stream().map(fact -> fact.name().value()).toList();
    BoundMappings bound =
        new Checker(
                set,
                source.catalog(),
                target.catalog(),
                new Queries(set.views(), facts, Map.of()),
                pair.describer(),
                version,
                problems)
            .check(language, pair.bindings());
    Plan plan = Plan.of(set, bound, target.catalog(), problems);
    return new CheckedMappings(
        version, source.catalog(), target.catalog(), bound.mappings().size(), plan);
  }

  /** Loads the classes of verifications: there is time for it while the databases are made. */
  public static void loadVerifications() {
    VerificationCheck.load();
  }

  /**
   * The SQL of verifications that does not fit a pair of databases without rows. Verifications do
   * not change while the program runs, so they are asked again only if facts have other types. May
   * be called by a thread while another one does the rest.
   *
   * @throws SQLException if a database is lost
   */
  public List<UnfitSql> unfitVerifications(CatalogPair pair) throws SQLException {
    return pair.unfit(set);
  }

  /**
   * Checks that every column of both sides is mapped, or listed in the ledger with a reason. Tables
   * of which a file with problems speaks are left out.
   */
  public void checkLedger(CheckedMappings checked) {
    LedgerCheck ledger = new LedgerCheck(set, checked.targetVersion(), problems, excused());
    ledger.source(checked.source());
    ledger.target(checked.target());
  }

  /** Tables that a file with a problem is about: what is missing there follows from the problem. */
  private Predicate<String> excused() {
    List<String> broken =
        problems.sorted().stream()
            .map(Problem::at)
            .map(at -> at.source().text())
            // A ledger that was read speaks for itself.
            .filter(text -> unread.contains(text) || !text.contains("\nledger:"))
            .distinct()
            .toList();
    Map<String, Boolean> known = new HashMap<>();
    return table ->
        known.computeIfAbsent(
            table, name -> broken.stream().anyMatch(text -> mentions(text, name)));
  }

  private static boolean mentions(String text, String name) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean starts = at == 0 || !SqlText.isWord(text.charAt(at - 1));
      if (starts && (end == text.length() || !SqlText.isWord(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }
}
