package d2s.engine.index;

import d2s.engine.bound.BoundMapping;
import d2s.engine.bound.BoundMapping.BoundBlock;
import d2s.engine.bound.BoundMapping.BoundRelation;
import d2s.engine.index.PausedIndexes.ForeignKeyPause;
import d2s.engine.mapping.Side;
import d2s.engine.plan.Plan;
import d2s.engine.plan.Step;
import d2s.engine.result.Progress;
import d2s.engine.sql.RowEstimate;
import d2s.engine.sql.SharedConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides which tables take many rows, and keeps their indexes paused until the last step that
 * fills or wholly changes them. Safe for use by several threads.
 */
public final class BulkTables {

  /** Below this many rows, dropping and building indexes costs more than it saves. */
  private static final long MANY = 5_000;

  private final SharedConnection target;
  private final Map<String, Long> estimates = new HashMap<>();
  private final Set<String> bulk = new HashSet<>();
  private final Map<String, List<String>> last = new HashMap<>();
  private final Map<String, List<String>> complete = new HashMap<>();
  private final Map<String, PausedIndexes> paused = new TreeMap<>();
  private final List<ForeignKeyPause> foreignKeys = new ArrayList<>();

  public BulkTables(Plan plan, Connection source, SharedConnection target) throws SQLException {
    this.target = target;
    for (Step step : plan.steps()) {
      long rows = estimate(step.bound(), source, RowEstimate::of);
      estimates.put(step.name(), rows);
      // What the target will hold is not known yet, but a step that reads a large table is large.
      if (rows >= MANY || rows < 0 && !Collections.disjoint(step.reads(), bulk)) {
        for (BoundBlock block : step.bound().blocks()) {
          bulk.add(block.table().name());
        }
      }
    }
    Map<String, String> lastFiller = new TreeMap<>();
    for (Step step : plan.steps()) {
      writes(step).forEach(table -> lastFiller.put(table, step.name()));
    }
    lastFiller.forEach(
        (table, step) -> complete.computeIfAbsent(step, name -> new ArrayList<>()).add(table));
    for (String table : bulk) {
      last.computeIfAbsent(lastFiller.get(table), step -> new ArrayList<>()).add(table);
    }
  }

  /** The tables that a step fills or changes from the first row to the last. */
  private static Set<String> writes(Step step) {
    Set<String> tables = new HashSet<>(step.fills());
    step.bound().mapping().updates().stream()
        .filter(update -> update.where() == null)
        .forEach(update -> tables.add(update.table().value()));
    return tables;
  }

  /** How many source rows a step will read, roughly; -1 if unknown. */
  public long estimate(Step step) {
    return estimates.get(step.name());
  }

  /** The tables that this step is the last to fill. */
  public List<String> complete(Step step) {
    return complete.getOrDefault(step.name(), List.of());
  }

  /**
   * Pauses all of them. At once and before the first step, because a foreign key cannot be dropped
   * while somebody reads the table that it refers to.
   */
  public synchronized void pause() throws SQLException {
    for (String table : new TreeSet<>(bulk)) {
      PausedIndexes indexes = target.use(open -> PausedIndexes.pause(open, table));
      foreignKeys.addAll(indexes.foreignKeys());
      paused.put(table, indexes);
    }
  }

  /** How many indexes and keys are paused. */
  public synchronized Map<String, Integer> pausedByTable() {
    Map<String, Integer> counts = new TreeMap<>();
    paused.forEach((table, indexes) -> counts.put(table, indexes.again().size()));
    foreignKeys.forEach(key -> counts.merge(key.table(), 1, Integer::sum));
    return counts;
  }

  /** How much each step will be, roughly. */
  public static Map<String, Progress.PlannedStep> estimates(Plan plan, Connection source)
      throws SQLException {
    Map<String, Progress.PlannedStep> estimates = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      long rows = estimate(step.bound(), source, RowEstimate::scanned);
      estimates.put(step.name(), new Progress.PlannedStep(rows, step.fills()));
    }
    return estimates;
  }

  /** The paused tables that this step is the last to fill. */
  List<String> lastFilledBy(Step step) {
    return last.getOrDefault(step.name(), List.of());
  }

  /** The statements that make a paused table as it was, but for its foreign keys. */
  synchronized List<String> indexes(String table) {
    return paused.get(table).again();
  }

  /**
   * A table has its own keys again.
   *
   * @return the foreign keys that can be made now. A foreign key needs the key of the other table,
   *     and would check every row of a load
   */
  synchronized List<ForeignKeyPause> indexed(String table) {
    paused.remove(table);
    List<ForeignKeyPause> ready =
        foreignKeys.stream()
            .filter(key -> !paused.containsKey(key.table()) && !paused.containsKey(key.refersTo()))
            .toList();
    foreignKeys.removeAll(ready);
    return ready;
  }

  @FunctionalInterface
  private interface Guess {
    long of(Connection connection, String sql) throws SQLException;
  }

  private static long estimate(BoundMapping bound, Connection source, Guess guess)
      throws SQLException {
    long most = -1;
    for (BoundRelation relation : bound.relations()) {
      if (relation.relation().side() == Side.SOURCE) {
        most = Math.max(most, guess.of(source, relation.sql()));
      }
    }
    return most;
  }
}
