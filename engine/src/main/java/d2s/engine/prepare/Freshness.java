package d2s.engine.prepare;

import d2s.engine.plan.Plan;
import d2s.engine.plan.Step;
import d2s.engine.result.CheckResult;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.sql.RowReader;
import d2s.engine.sql.SqlIdentifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whether the tables that a plan fills are empty. */
public final class Freshness {

  private static final String ID = "target-not-fresh";

  private Freshness() {}

  /**
   * @throws PreconditionFailedException if there are rows already
   */
  public static void require(Plan plan, Connection target) throws SQLException {
    CheckResult result = check(plan, target);
    if (result.isError()) {
      throw PreconditionFailedException.of(List.of(result));
    }
  }

  /** Names the tables that have rows. */
  public static CheckResult check(Plan plan, Connection target) throws SQLException {
    SortedSet<String> tables = new TreeSet<>();
    for (Step step : plan.steps()) {
      tables.addAll(step.fills());
    }
    List<String> used = new ArrayList<>();
    for (String table : tables) {
      if (RowReader.scalar(target, "select 1 from " + SqlIdentifier.quote(table) + " limit 1")
          != null) {
        used.add(table);
      }
    }
    if (used.isEmpty()) {
      return CheckResult.ok(ID, "The target is freshly initialised.");
    }
    String database = target.getCatalog();
    return CheckResult.error(
        ID,
        "The target is not freshly initialised: "
            + (used.size() == 1 ? "a table has" : used.size() + " tables have")
            + " rows already.",
        used,
        "Either it was in use, or an earlier run has loaded it.",
        "Make it anew and initialise it again: dropdb "
            + database
            + "; createdb --template=template0 --encoding=UTF8 --locale=C --owner=OWNER "
            + database);
  }
}
