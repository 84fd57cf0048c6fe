package d2s.cli.schemas;

import d2s.cli.framework.CommandFailedException;
import d2s.cli.options.MappingOptions;
import d2s.engine.CatalogCheck;
import d2s.engine.Engine;
import d2s.engine.mapping.MappingSet;
import d2s.engine.schema.Catalog;
import d2s.engine.verify.UnfitSql;
import d2s.engine.yaml.Problems;
import d2s.matrix.catalog.BundledCatalogs;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/**
 * Holds mapping files and verifications against pairs of catalogs, as often as it is asked to. The
 * databases stay in between, and so does all that comes from what did not change.
 */
public final class CatalogInspection {

  private final MappingOptions options;
  private final List<Catalog> sources;
  private final List<Catalog> targets;
  private final CatalogPairs pairs;

  private MappingExamples examples;

  /** Whether the verifications are. One round is over before the next begins. */
  private boolean loaded;

  /**
   * @param sources at least one; the last is the newest
   * @param targets the same
   * @param pairs gives the databases of each pair
   */
  public CatalogInspection(
      MappingOptions options, List<Catalog> sources, List<Catalog> targets, CatalogPairs pairs) {
    this.options = options;
    this.sources = sources;
    this.targets = targets;
    this.pairs = pairs;
  }

  /** The examples of the files that were read last; empty before, and where they are of no use. */
  public Optional<MappingExamples> examples() {
    return Optional.ofNullable(examples);
  }

  /**
   * Reads the files and checks them.
   *
   * @param problems takes everything that is wrong
   * @return one for each pair; none where the files cannot be used at all
   */
  public List<SchemaCheck> round(Problems problems)
      throws CommandFailedException, SQLException, IOException {
    Optional<MappingSet> set = options.load(problems);
    if (set.isEmpty()) {
      return List.of();
    }
    CatalogCheck check = new Engine(set.get()).catalogCheck(problems);
    FutureTask<Map<String, List<UnfitSql>>> unfit =
        new FutureTask<>(() -> unfitVerifications(check));
    Thread verifications = new Thread(unfit, "verifications");
    verifications.setDaemon(true);
    verifications.start();
    List<SchemaCheck> checks = SchemaCheck.ofCatalogs(check, pairs, sources, targets);
    if (isBundled(sources.get(sources.size() - 1))) {
      examples = new MappingExamples(set.get(), sources, targets);
      examples.check(problems);
    }
    checks.forEach(one -> check.checkLedger(one.result()));
    VerificationSources places = new VerificationSources(options.directory());
    for (Map.Entry<String, List<UnfitSql>> one : CatalogDatabases.result(unfit).entrySet()) {
      for (UnfitSql sql : one.getValue()) {
        problems.add(places.place(sql), VerificationSources.message(sql, one.getKey()));
      }
    }
    return checks;
  }

  /** The database of a fork can lack columns that examples name. */
  private static boolean isBundled(Catalog source) {
    return BundledCatalogs.names().contains(source.name())
        && BundledCatalogs.read(source.name()).equals(source);
  }

  /**
   * A query asks one side only, so every catalog is looked at once and not in every pair.
   *
   * @return what to tell, by catalog: first that of the newest target, which holds for the others
   */
  private Map<String, List<UnfitSql>> unfitVerifications(CatalogCheck check)
      throws SQLException, IOException {
    if (!loaded) {
      CatalogCheck.loadVerifications();
      loaded = true;
    }
    Catalog newestSource = sources.get(sources.size() - 1);
    Catalog newestTarget = targets.get(targets.size() - 1);
    Map<String, List<UnfitSql>> found = new LinkedHashMap<>();
    // The databases are made in this order.
    for (Catalog target : targets) {
      found.put(target.name(), check.unfitVerifications(pairs.of(newestSource, target)));
    }
    for (Catalog source : sources.subList(0, sources.size() - 1)) {
      found.put(source.name(), check.unfitVerifications(pairs.of(source, newestTarget)));
    }
    Map<String, List<UnfitSql>> told = new LinkedHashMap<>();
    List<UnfitSql> ofNewest = found.remove(newestTarget.name());
    told.put(newestTarget.name(), ofNewest);
    found.forEach((name, more) -> told.put(name, without(more, ofNewest)));
    return told;
  }

  private static List<UnfitSql> without(List<UnfitSql> some, List<UnfitSql> told) {
    List<UnfitSql> rest = new ArrayList<>(some);
    rest.removeAll(told);
    return rest;
  }
}
