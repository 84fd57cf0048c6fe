package d2s.engine.read;

import d2s.engine.bound.BoundMapping;
import d2s.engine.bound.BoundMapping.BoundRelation;
import d2s.engine.mapping.Side;
import d2s.engine.sql.SharedConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The relations of one step that are being read. */
public final class RelationReaders implements AutoCloseable {

  private final BoundMapping bound;
  private final Function<Side, SharedConnection> connections;
  private final List<Prefetch> opened = new ArrayList<>();
  private final boolean readOnly;

  /**
   * @param connections the connection to each of the two databases
   */
  public RelationReaders(BoundMapping bound, Function<Side, SharedConnection> connections) {
    this(bound, connections, false);
  }

  private RelationReaders(
      BoundMapping bound, Function<Side, SharedConnection> connections, boolean readOnly) {
    this.bound = bound;
    this.connections = connections;
    this.readOnly = readOnly;
  }

  /** Makes no temporary tables: nothing else changes the target meanwhile. */
  public static RelationReaders readOnly(
      BoundMapping bound, Function<Side, SharedConnection> connections) {
    return new RelationReaders(bound, connections, true);
  }

  /** Begins to read a relation, from its first row. */
  public Prefetch rows(BoundRelation relation) {
    Side side = relation.relation().side();
    String name = bound.mapping().name() + " " + relation.relation().name();
    Prefetch rows =
        new Prefetch(
            connections.apply(side), readOnly ? Side.SOURCE : side, relation.sql(), name.strip());
    opened.add(rows);
    return rows;
  }

  /** Stops all reading; the connections are free afterwards. */
  @Override
  public void close() {
    opened.forEach(Prefetch::close);
  }
}
