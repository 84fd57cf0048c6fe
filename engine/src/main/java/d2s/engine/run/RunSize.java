package d2s.engine.run;

import d2s.engine.mapping.Count;
import d2s.engine.plan.Plan;
import d2s.engine.query.Queries;
import d2s.engine.result.CheckResult;
import d2s.engine.result.Severity;
import d2s.engine.sql.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How much a run carries over, and how long that takes, roughly. */
final class RunSize {

  /**
   * With two processors and a database of 4 GB; docs/development/performance.md has the figures.
   */
  private static final double MEGABYTES_A_SECOND = 40;

  /** A busy machine, a slow disk. */
  private static final int SLOWER = 4;

  private static final double MEGABYTE = 1_000_000;

  private RunSize() {}

  static CheckResult check(Plan plan, Queries queries, Connection source) throws SQLException {
    Invariants invariants = new Invariants(queries, source, null);
    List<String> rows = new ArrayList<>();
    plan.steps().stream()
        .flatMap(step -> step.bound().mapping().counts().stream())
        .filter(count -> !count.unit().isEmpty())
        .forEach(count -> rows.add(text(count, invariants.inSource(count))));
    Object bytes = RowReader.scalar(source, "select pg_database_size(current_database())");
    return result(rows, ((Number) bytes).doubleValue() / MEGABYTE);
  }

  static CheckResult result(List<String> rows, double megabytes) {
    long least = Math.max(1, Math.round(megabytes / MEGABYTES_A_SECOND / 60));
    long most = Math.max(2, Math.round(SLOWER * megabytes / MEGABYTES_A_SECOND / 60));
    return new CheckResult(
        "run-size",
        Severity.OK,
        String.format(
            Locale.ROOT,
            "The source has %,.0f MB; without files a run takes about %d to %d minutes.",
            megabytes,
            least,
            most),
        rows,
        "",
        "A dry run says exactly how long it takes.");
  }

  private static String text(Count count, long number) {
    return String.format(Locale.ROOT, "%,d ", number) + count.unit().get(number == 1 ? 0 : 1);
  }
}
