package d2s.engine.run;

import d2s.engine.check.Bound;
import d2s.engine.check.Bound.BoundRelation;
import d2s.engine.spec.Side;
import java.util.ArrayList;
import java.util.List;

/** The relations of one step that are being read. */
final class OpenRelations implements AutoCloseable {

  private final Bound bound;
  private final StepContext context;
  private final List<Prefetch> opened = new ArrayList<>();

  OpenRelations(Bound bound, StepContext context) {
    this.bound = bound;
    this.context = context;
  }

  /** Begins to read a relation, from its first row. */
  Prefetch rows(BoundRelation relation) {
    Side side = relation.relation().side();
    String name = bound.mapping().name() + " " + relation.relation().name();
    Prefetch rows = new Prefetch(context.connection(side), side, relation.sql(), name.strip());
    opened.add(rows);
    return rows;
  }

  /** Stops all reading; the connections are free afterwards. */
  @Override
  public void close() {
    opened.forEach(Prefetch::close);
  }
}
