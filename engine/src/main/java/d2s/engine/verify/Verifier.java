package d2s.engine.verify;

import d2s.engine.extension.Verification;
import d2s.engine.mapping.MappingSet;
import d2s.engine.prepare.VerifyPreflight;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.run.Invariants;
import d2s.engine.sql.FailedDatabase;
import d2s.engine.sql.RowReader;
import d2s.engine.sql.Snapshots;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Holds a loaded target against its source: what mapping files expect and count, the target's
 * foreign keys, its constant columns, and every {@link Verification} on the class path. Nothing is
 * changed.
 */
public final class Verifier {

  private final MappingSet set;
  private final DataSource source;
  private final DataSource target;
  private final VerifierOptions options;

  public Verifier(MappingSet set, DataSource source, DataSource target, VerifierOptions options) {
    this.set = set;
    this.source = source;
    this.target = target;
    this.options = options;
  }

  /**
   * @param starting is told the name of each verification before it looks
   * @throws d2s.engine.result.PreconditionFailedException if a database is not the right one, or a
   *     verification that was asked for does not exist
   * @throws d2s.engine.yaml.InvalidMappingsException if rows have to be read again, and the mapping
   *     files do not fit
   * @throws SQLException if a database is lost, or the work was cancelled
   */
  public VerificationResults run(Consumer<String> starting) throws SQLException {
    return run((name, number, of) -> starting.accept(name));
  }

  /** Is told how the verifications go on; never by two threads at once. */
  @FunctionalInterface
  public interface Starting {

    /** A verification begins, as which of how many. Several can be at work. */
    void starting(String name, int number, int of);

    /** So many are done, or need not be done. */
    default void finished(int number, int of) {}
  }

  /** As {@link #run(Consumer)}. */
  public VerificationResults run(Starting starting) throws SQLException {
    long start = System.nanoTime();
    try (Connection before = source.getConnection();
        Connection after = target.getConnection()) {
      Snapshots.begin(before);
      Snapshots.begin(after);
      Lanes.prepare(before);
      Lanes.prepare(after);
      try {
        VerifyPreflight prepared = VerifyPreflight.of(set, before, after, options.given());
        List<Verification> wanted = wanted(verifications(prepared));
        requireLoaded(prepared, before, after);
        boolean used =
            set.target().used() != null
                && RowReader.scalar(after, set.target().used().value()) != null;
        LoadedTarget loaded =
            new LoadedTarget(prepared.queries().facts(), before, after, options.folders());
        Set<String> filled = new TreeSet<>();
        prepared.mappings().forEach(mapping -> filled.addAll(mapping.fills()));
        List<VerificationResult> results =
            new VerificationScheduler(wanted, filled, starting).run(loaded, source, target);
        return new VerificationResults(results, Duration.ofNanos(System.nanoTime() - start), used);
      } catch (SQLException e) {
        throw FailedDatabase.mark(e, before, after);
      } finally {
        rollback(before);
        rollback(after);
      }
    }
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // It has only read, and is gone already: the reason for that is on its way.
      return;
    }
  }

  /** Without this, a target that nobody has loaded looks like one in which everything is wrong. */
  private static void requireLoaded(VerifyPreflight prepared, Connection before, Connection after) {
    Invariants invariants = new Invariants(prepared.queries(), before, after);
    List<Invariants.Numbers> numbers =
        prepared.mappings().stream()
            .flatMap(mapping -> mapping.counts().stream())
            .filter(count -> !count.unit().isEmpty())
            .map(invariants::ask)
            .filter(both -> both.source() > 0)
            .toList();
    if (!numbers.isEmpty() && numbers.stream().allMatch(both -> both.target() == 0)) {
      throw new PreconditionFailedException(
          "target-loaded",
          List.of("This target has not been loaded yet. Run the migration first."));
    }
  }

  private static List<Verification> verifications(VerifyPreflight prepared) {
    List<Verification> all = new ArrayList<>();
    all.add(new Expectations(prepared));
    all.add(new Counts(prepared));
    all.add(new References(prepared));
    all.add(new Constants(prepared));
    ServiceLoader.load(Verification.class).forEach(all::add);
    return all;
  }

  private List<Verification> wanted(List<Verification> all) {
    Set<String> unknown = new TreeSet<>(options.only());
    List<String> names = all.stream().map(Verification::name).toList();
    unknown.removeAll(names);
    if (!unknown.isEmpty()) {
      throw new PreconditionFailedException(
          "verification-names",
          List.of(
              "There is no verification \""
                  + String.join("\", \"", unknown)
                  + "\". There are: "
                  + String.join(", ", names)));
    }
    return options.only().isEmpty()
        ? all
        : all.stream().filter(one -> options.only().contains(one.name())).toList();
  }
}
