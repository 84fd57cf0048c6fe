package d2s.engine.step;

import d2s.engine.bound.BoundMapping;
import d2s.engine.bound.BoundMapping.BoundLet;
import d2s.engine.bound.BoundMapping.BoundLookup;
import d2s.engine.bound.BoundMapping.BoundRelation;
import d2s.engine.bound.BoundMapping.BoundSkip;
import d2s.engine.expression.EvaluationException;
import d2s.engine.query.SourceColumn;
import d2s.engine.read.LookupLoader;
import d2s.engine.read.Prefetch;
import d2s.engine.read.RelationReaders;
import d2s.engine.result.RowFailedException;
import d2s.engine.write.RowSink;
import d2s.engine.write.RowWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Runs a mapping without hook: one pass over one relation. */
public final class RowExecutor {

  private static final int REPORT_EVERY = 5_000;

  private final BoundMapping bound;
  private final RowContext context;
  private final RelationReaders open;
  private final RowSink sink;
  private final Map<BoundSkip, Set<List<Object>>> seen = new IdentityHashMap<>();
  private long rowsRead;
  private Object[] frame;

  public RowExecutor(BoundMapping bound, RowContext context, RelationReaders open, RowSink sink) {
    this.bound = bound;
    this.context = context;
    this.open = open;
    this.sink = sink;
  }

  long rowsRead() {
    return rowsRead;
  }

  public void run() throws SQLException {
    String name = bound.mapping().name().value();
    BoundRelation relation = bound.relations().get(0);
    frame = new Object[bound.scope().size()];
    List<String> columnNames = relation.columns().stream().map(SourceColumn::name).toList();
    context.fillFacts(frame, columnNames);
    for (BoundLookup lookup : bound.lookups()) {
      frame[lookup.slot()] = LookupLoader.read(lookup, context.skips(), context.connections());
    }
    int columns = relation.columns().size();
    Prefetch rows = open.rows(relation);
    Supplier<String> rowName = this::rowName;
    for (Object[] row = rows.next(); row != null; row = rows.next()) {
      System.arraycopy(row, 0, frame, 0, columns);
      if (++rowsRead % REPORT_EVERY == 0) {
        context.progress().advanced(name, rowsRead);
      }
      if (!accept(rowName)) {
        sink.skipped(frame);
      }
    }
  }

  /** False if the row is skipped. */
  private boolean accept(Supplier<String> rowName) {
    try {
      if (!prepare()) {
        return false;
      }
      sink.accept(RowSink.ROWS, frame, rowName);
      return true;
    } catch (RowFailedException e) {
      for (BoundSkip skip : bound.skips()) {
        if (skip.failedSlot() == BoundSkip.ANY_FAILURE) {
          skip(skip, skip.reason().value().strip() + ": " + e.reason());
          return false;
        }
      }
      throw e;
    }
  }

  /** Computes the lets; false if the row is skipped. */
  private boolean prepare() {
    try {
      // A skip that names a let which failed must not see the one of the row before.
      bound.lets().forEach(let -> frame[let.slot()] = null);
      return !isSkipped(true) && computeLets() && !isSkipped(false);
    } catch (EvaluationException e) {
      throw new RowFailedException(
          e.at().message(rowName() + ": " + e.getMessage()), e.getMessage(), e);
    }
  }

  private boolean isSkipped(boolean beforeLets) {
    for (BoundSkip skip : bound.skips()) {
      if (skip.beforeLets() == beforeLets && applies(skip)) {
        skip(skip, skip.reason().value().strip());
        return true;
      }
    }
    return false;
  }

  private boolean applies(BoundSkip skip) {
    if (skip.when() != null) {
      return RowWriter.isTrue(skip.when().evaluate(frame));
    }
    if (skip.repeats().isEmpty()) {
      return false;
    }
    List<Object> values = new ArrayList<>();
    skip.repeats().forEach(slot -> values.add(frame[slot]));
    return !seen.computeIfAbsent(skip, s -> new HashSet<>()).add(values);
  }

  /** False if one failed and the row is skipped for it. */
  private boolean computeLets() {
    for (BoundLet let : bound.lets()) {
      try {
        frame[let.slot()] = let.value().evaluate(frame);
      } catch (EvaluationException e) {
        for (BoundSkip skip : bound.skips()) {
          if (skip.failedSlot() == let.slot()) {
            skip(skip, skip.reason().value().strip() + ": " + e.getMessage());
            return false;
          }
        }
        throw e;
      }
    }
    return true;
  }

  private void skip(BoundSkip skip, String reason) {
    context.skips().add(bound.mapping().name().value(), item(skip), reason);
  }

  /** What names the thing can be what is wrong with it; then the row is named instead. */
  private String item(BoundSkip skip) {
    try {
      return String.valueOf(skip.item().evaluate(frame));
    } catch (EvaluationException e) {
      return rowName();
    }
  }

  /** Names the current row by its label; rows without one only have a number. */
  private String rowName() {
    if (bound.label().isEmpty()) {
      return "row " + rowsRead;
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < bound.label().size(); i++) {
      parts.add(bound.mapping().label().get(i) + "=" + frame[bound.label().get(i)]);
    }
    return "row " + String.join(" ", parts);
  }
}
