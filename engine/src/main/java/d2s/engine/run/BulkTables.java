package d2s.engine.run;

import d2s.engine.check.Bound;
import d2s.engine.check.Bound.BoundBlock;
import d2s.engine.check.Bound.BoundRelation;
import d2s.engine.plan.Plan;
import d2s.engine.plan.Step;
import d2s.engine.run.PausedIndexes.ForeignKeyPause;
import d2s.engine.spec.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides which tables take many rows, and keeps their indexes paused from the first step that
 * fills them to the last that fills or wholly changes them.
 */
final class BulkTables {

  /** Below this many rows, dropping and building indexes costs more than it saves. */
  private static final long MANY = 5_000;

  private final Connection target;
  private final Map<String, Long> estimates = new HashMap<>();
  private final Map<String, List<String>> first = new HashMap<>();
  private final Map<String, List<String>> last = new HashMap<>();
  private final Map<String, List<String>> complete = new HashMap<>();
  private final Map<String, PausedIndexes> paused = new TreeMap<>();
  private final List<ForeignKeyPause> foreignKeys = new ArrayList<>();

  BulkTables(Plan plan, Connection source, Connection target) throws SQLException {
    this.target = target;
    Set<String> bulk = new HashSet<>();
    for (Step step : plan.steps()) {
      long rows = estimate(step.bound(), source);
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
      List<String> fillers =
          plan.steps().stream()
              .filter(step -> writes(step).contains(table))
              .map(Step::name)
              .toList();
      first.computeIfAbsent(fillers.get(0), step -> new ArrayList<>()).add(table);
      last.computeIfAbsent(fillers.get(fillers.size() - 1), step -> new ArrayList<>()).add(table);
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
  long estimate(Step step) {
    return estimates.get(step.name());
  }

  /** The tables that this step is the last to fill. */
  List<String> complete(Step step) {
    return complete.getOrDefault(step.name(), List.of());
  }

  /** Pauses the tables that this step is the first to fill. */
  void before(Step step) throws SQLException {
    for (String table : first.getOrDefault(step.name(), List.of())) {
      PausedIndexes indexes = PausedIndexes.pause(target, table);
      foreignKeys.addAll(indexes.foreignKeys());
      paused.put(table, indexes);
    }
  }

  /** Restores the tables that this step was the last to fill. */
  void after(Step step) throws SQLException {
    List<String> tables = last.getOrDefault(step.name(), List.of());
    for (String table : tables) {
      paused.remove(table).restore();
    }
    if (tables.isEmpty()) {
      return;
    }
    // A foreign key needs the key of the other table, and would check every row of a load.
    List<ForeignKeyPause> ready =
        foreignKeys.stream()
            .filter(key -> !paused.containsKey(key.table()) && !paused.containsKey(key.refersTo()))
            .toList();
    try (Statement statement = target.createStatement()) {
      for (ForeignKeyPause key : ready) {
        statement.execute(key.restore());
      }
    }
    foreignKeys.removeAll(ready);
  }

  private static long estimate(Bound bound, Connection source) throws SQLException {
    long most = -1;
    for (BoundRelation relation : bound.relations()) {
      if (relation.relation().side() == Side.SOURCE) {
        most = Math.max(most, RowEstimate.of(source, relation.sql()));
      }
    }
    return most;
  }
}
