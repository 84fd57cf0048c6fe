package d2s.matrix.state;

import d2s.engine.extension.Group;
import d2s.engine.extension.Rows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** The relations of one room from memory, with the strictness that the interfaces promise. */
final class MemoryGroup implements Group {

  private final String room;
  private final Map<String, Iterable<Object[]>> relations = new HashMap<>();
  private final Set<String> read = new HashSet<>();

  MemoryGroup(String room) {
    this.room = room;
    new RoomState().reads().forEach(shape -> relations.put(shape.name(), List.of()));
  }

  /** Sets the rows of a relation; they are asked for only when the hook reads them. */
  void put(String relation, Iterable<Object[]> rows) {
    if (relations.put(relation, rows) == null) {
      throw new IllegalArgumentException("the hook reads no relation " + relation);
    }
  }

  @Override
  public Object key() {
    return room;
  }

  @Override
  public Rows rows(String relation) {
    if (!relations.containsKey(relation)) {
      throw new IllegalArgumentException("the hook reads no relation " + relation);
    }
    if (!read.add(relation)) {
      throw new IllegalStateException("relation " + relation + " was read twice");
    }
    return new MemoryRows(relations.get(relation).iterator());
  }

  private static final class MemoryRows implements Rows {
    private final Iterator<Object[]> rows;
    private Object[] row;

    MemoryRows(Iterator<Object[]> rows) {
      this.rows = rows;
    }

    @Override
    public boolean next() {
      row = rows.hasNext() ? rows.next() : null;
      return row != null;
    }

    private Object value(int column) {
      if (row == null) {
        throw new NoSuchElementException("not on a row");
      }
      return row[column];
    }

    @Override
    public boolean isNull(int column) {
      return value(column) == null;
    }

    @Override
    public long integer(int column) {
      return (Long) value(column);
    }

    @Override
    public String text(int column) {
      return (String) value(column);
    }

    @Override
    public boolean flag(int column) {
      return (Boolean) value(column);
    }

    @Override
    public long[] integers(int column) {
      return (long[]) value(column);
    }

    @Override
    public String[] texts(int column) {
      return (String[]) value(column);
    }
  }
}
