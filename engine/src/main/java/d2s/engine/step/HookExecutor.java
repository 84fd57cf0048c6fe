package d2s.engine.step;

import d2s.engine.bound.BoundMapping;
import d2s.engine.bound.BoundMapping.BoundLookup;
import d2s.engine.bound.BoundMapping.BoundRelation;
import d2s.engine.check.HookTable;
import d2s.engine.expression.LookupTable;
import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import d2s.engine.read.GroupedRows;
import d2s.engine.read.LookupLoader;
import d2s.engine.read.Prefetch;
import d2s.engine.read.ReadException;
import d2s.engine.read.RelationReaders;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.RowFailedException;
import d2s.engine.sql.SanitizedException;
import d2s.engine.write.CopyException;
import d2s.engine.write.RowSink;
import d2s.engine.yaml.Text;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs a mapping with a hook: relations side by side, one group at a time. */
public final class HookExecutor {

  private final BoundMapping bound;
  private final RowContext context;
  private final RelationReaders open;
  private final RowSink sink;
  private long rowsRead;

  public HookExecutor(BoundMapping bound, RowContext context, RelationReaders open, RowSink sink) {
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
    Hook hook = HookTable.load().create(bound.mapping().hook().value());
    startHook(hook);
    List<LookupTable> lookups = new ArrayList<>();
    for (BoundLookup lookup : bound.lookups()) {
      lookups.add(LookupLoader.read(lookup, context.skips(), context.connections()));
    }
    Map<String, GroupedRows> relations = new LinkedHashMap<>();
    try {
      // All are asked for before the first row of one is waited for.
      List<Prefetch> opened = bound.relations().stream().map(open::rows).toList();
      for (int i = 0; i < opened.size(); i++) {
        BoundRelation relation = bound.relations().get(i);
        relations.put(relation.relation().name(), new GroupedRows(relation, opened.get(i)));
      }
      HookEmitter emitter = new HookEmitter(hook, lookups);
      Object key = leastKey(relations);
      while (key != null) {
        Object current = key;
        relations.values().forEach(relation -> relation.startGroup(current));
        emitter.key = current;
        callHook(hook, group(current, relations), emitter);
        for (GroupedRows relation : relations.values()) {
          relation.endGroup();
        }
        rowsRead = relations.values().stream().mapToLong(GroupedRows::rowsRead).sum();
        context.progress().advanced(name, rowsRead);
        key = leastKey(relations);
      }
    } catch (ReadException e) {
      throw e.cause();
    }
  }

  private void startHook(Hook hook) {
    try {
      hook.start(context.facts());
    } catch (RuntimeException e) {
      throw failure("at its start", e);
    }
  }

  private void callHook(Hook hook, Group group, Emitter emitter) {
    try {
      hook.group(group, emitter);
    } catch (MigrationFailedException | CopyException | ReadException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failure("for " + group.key(), e);
    }
  }

  /** Hooks explain themselves in exceptions of two kinds; the messages of others quote values. */
  private MigrationFailedException failure(String when, RuntimeException e) {
    boolean explained = e instanceof IllegalArgumentException || e instanceof IllegalStateException;
    Text hook = bound.mapping().hook();
    return new MigrationFailedException(
        hook.at()
            + ": the hook "
            + hook
            + " failed "
            + when
            + ": "
            + (explained && !(e instanceof NumberFormatException)
                ? e.getMessage()
                : e.getClass().getSimpleName()),
        SanitizedException.copy(e));
  }

  private static Object leastKey(Map<String, GroupedRows> relations) {
    Object least = null;
    for (GroupedRows relation : relations.values()) {
      Object key = relation.nextKey();
      if (key != null && (least == null || GroupedRows.compare(key, least) < 0)) {
        least = key;
      }
    }
    return least;
  }

  private static Group group(Object key, Map<String, GroupedRows> relations) {
    return new Group() {
      @Override
      public Object key() {
        return key;
      }

      @Override
      public Rows rows(String relation) {
        GroupedRows rows = relations.get(relation);
        if (rows == null) {
          throw new IllegalArgumentException("the hook did not declare a relation " + relation);
        }
        return rows;
      }
    };
  }

  private final class HookEmitter implements Emitter {

    private final Map<String, RowShape> shapes = new HashMap<>();
    private final Map<String, Object[]> frames = new HashMap<>();
    private Object key;

    HookEmitter(Hook hook, List<LookupTable> lookups) {
      for (RowShape shape : hook.emits()) {
        shapes.put(shape.name(), shape);
        Object[] frame =
            new Object[shape.columns().size() + context.facts().size() + lookups.size()];
        int slot = context.fillFacts(frame, shape.columns());
        for (LookupTable lookup : lookups) {
          frame[slot++] = lookup;
        }
        frames.put(shape.name(), frame);
      }
    }

    @Override
    public void emit(String row, Object... values) {
      RowShape shape = shapes.get(row);
      if (shape == null || shape.columns().size() != values.length) {
        throw new IllegalArgumentException(
            "the hook emitted a row " + row + " of " + values.length + " values: not declared");
      }
      Object[] frame = frames.get(row);
      System.arraycopy(values, 0, frame, 0, values.length);
      Supplier<String> rowName = () -> row + " of " + key;
      try {
        sink.accept(row, frame, rowName);
      } catch (RowFailedException e) {
        skip(rowName.get(), e.reason());
      }
    }

    @Override
    public void skip(String what, String reason) {
      context.skips().add(bound.mapping().name().value(), what, reason);
    }
  }
}
