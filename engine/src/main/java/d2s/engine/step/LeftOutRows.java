package d2s.engine.step;

import d2s.engine.bound.BoundMapping;
import d2s.engine.mapping.Lookup;
import d2s.engine.mapping.Side;
import d2s.engine.plan.Step;
import d2s.engine.prepare.Preflight;
import d2s.engine.read.RelationReaders;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.Skipped;
import d2s.engine.result.Skips;
import d2s.engine.sql.FailedDatabase;
import d2s.engine.sql.SharedConnection;
import d2s.engine.sql.SqlErrors;
import d2s.engine.write.IndexWidths;
import d2s.engine.write.RowWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a run leaves out and names: reads the rows of a mapping again, and writes nothing. Meant for
 * the few mappings of which something is missing after a load.
 */
public final class LeftOutRows {

  private final Preflight prepared;
  private final RowContext context;
  private final Set<String> done = new HashSet<>();
  private IndexWidths widths;

  /** Both connections are only read. */
  public LeftOutRows(Preflight prepared, Connection source, Connection target) {
    this.prepared = prepared;
    SharedConnection before = new SharedConnection(source, "source");
    SharedConnection after = new SharedConnection(target, "target");
    this.context =
        new RowContext(
            side -> side == Side.SOURCE ? before : after,
            prepared.queries().facts(),
            new Skips(false),
            Progress.silent());
  }

  /**
   * The rows of a mapping that are left out.
   *
   * @throws MigrationFailedException if they cannot be found out
   */
  public List<Skipped> of(String mapping) {
    Step step = named(mapping);
    try {
      read(step);
    } catch (SQLException e) {
      throw new MigrationFailedException(
          "the rows of "
              + step.name()
              + " cannot be read again: "
              + FailedDatabase.subject(e)
              + " failed: "
              + SqlErrors.reason(e)
              + SqlErrors.advice(e, FailedDatabase.of(e)),
          SqlErrors.withoutValues(e));
    }
    return context.skips().of(step.name());
  }

  private void read(Step step) throws SQLException {
    if (!done.add(step.name()) || step.bound().relations().isEmpty()) {
      return;
    }
    for (Lookup lookup : step.bound().mapping().lookups()) {
      if (lookup.skipped() != null) {
        read(named(lookup.skipped().value()));
      }
    }
    BoundMapping bound = step.bound();
    RowWriter looking = new RowWriter(bound, prepared.target(), widths(), null);
    try (RelationReaders open = RelationReaders.readOnly(bound, context.connections())) {
      if (bound.mapping().hook() != null) {
        new HookExecutor(bound, context, open, looking).run();
      } else {
        new RowExecutor(bound, context, open, looking).run();
      }
    }
  }

  private IndexWidths widths() throws SQLException {
    if (widths == null) {
      widths = context.connections().apply(Side.TARGET).use(IndexWidths::of);
    }
    return widths;
  }

  private Step named(String name) {
    return prepared.plan().steps().stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
