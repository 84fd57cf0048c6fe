package d2s.engine.run;

import d2s.engine.check.Bound;
import d2s.engine.check.Bound.BoundRelation;
import d2s.engine.spec.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The relations of one step. Those in the source can be opened before the step may begin: sorting a
 * large one takes long, and nothing in the source changes meanwhile.
 */
final class ReadAhead implements AutoCloseable {

  private final Bound bound;
  private final StepContext context;
  private final Map<BoundRelation, Prefetch> opened = new LinkedHashMap<>();
  private final List<Prefetch> all = new ArrayList<>();

  ReadAhead(Bound bound, StepContext context) {
    this.bound = bound;
    this.context = context;
  }

  /** Begins to read what is in the source; does not wait for it. */
  void begin() {
    for (BoundRelation relation : bound.relations()) {
      if (relation.relation().side() == Side.SOURCE) {
        opened.put(relation, open(relation));
      }
    }
  }

  /** The rows of a relation, from the first one. */
  Prefetch rows(BoundRelation relation) {
    Prefetch begun = opened.remove(relation);
    return begun != null ? begun : open(relation);
  }

  private Prefetch open(BoundRelation relation) {
    Side side = relation.relation().side();
    String name = bound.mapping().name() + " " + relation.relation().name();
    Prefetch rows = new Prefetch(context.connection(side), side, relation.sql(), name.strip());
    all.add(rows);
    return rows;
  }

  /** Stops all reading; the connections are free afterwards. */
  @Override
  public void close() {
    all.forEach(Prefetch::close);
  }
}
