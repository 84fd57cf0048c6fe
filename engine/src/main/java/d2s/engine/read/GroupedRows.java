package d2s.engine.read;

import d2s.engine.bound.BoundMapping.BoundRelation;
import d2s.engine.expression.ValueKind;
import d2s.engine.extension.Rows;
import d2s.engine.result.MigrationFailedException;
import java.sql.SQLException;

/** The rows of one relation of a hook, given out group by group. */
public final class GroupedRows implements Rows {

  private final BoundRelation relation;
  private final Prefetch rows;
  private Object[] ahead;
  private Object[] current;
  private Object group;
  private long rowsRead;

  public GroupedRows(BoundRelation relation, Prefetch rows) {
    this.relation = relation;
    this.rows = rows;
    advance();
  }

  public long rowsRead() {
    return rowsRead;
  }

  /** The key of the next row, or null after the last one. */
  public Object nextKey() {
    return ahead == null ? null : key(ahead);
  }

  private Object key(Object[] row) {
    // Without a group key everything is one group.
    return relation.groupColumn() < 0 ? "" : row[relation.groupColumn()];
  }

  public void startGroup(Object key) {
    group = key;
    current = null;
  }

  /** Passes over the rows that the hook did not read. */
  public void endGroup() {
    while (next()) {
      continue;
    }
  }

  @Override
  public boolean next() {
    if (ahead == null || !key(ahead).equals(group)) {
      current = null;
      return false;
    }
    current = ahead;
    advance();
    return true;
  }

  private void advance() {
    Object[] before = ahead;
    try {
      ahead = rows.next();
    } catch (SQLException e) {
      throw new ReadException(e);
    }
    if (ahead == null) {
      return;
    }
    rowsRead++;
    Object key = key(ahead);
    if (key == null) {
      throw new MigrationFailedException(problem("has a row whose group key is null"), null);
    }
    if (before != null && compare(key(before), key) > 0) {
      throw new MigrationFailedException(
          problem("is not in the order of its group key; texts need: order by ... collate \"C\""),
          null);
    }
  }

  private String problem(String what) {
    return relation.relation().at() + ": the relation " + relation.relation().name() + " " + what;
  }

  /** Keys of one kind: numbers by value, texts by their UTF-8 bytes as collation C does. */
  public static int compare(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    return compareCodePoints(a.toString(), b.toString());
  }

  private static int compareCodePoints(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Surrogates stand for code points above all others.
        boolean high = Character.isSurrogate(x);
        return high == Character.isSurrogate(y) ? Character.compare(x, y) : high ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private Object value(int column) {
    return current[relation.hookColumns().get(column)];
  }

  /** The value as what the hook asks for; the mapping's query may give something else. */
  private <T> T value(int column, Class<T> type, String what) {
    Object value = value(column);
    if (value != null && !type.isInstance(value)) {
      throw new MigrationFailedException(
          problem(
              "has "
                  + ValueKind.of(value)
                  + " in "
                  + name(column)
                  + ", where the hook needs "
                  + what
                  + "; convert it in the query"),
          null);
    }
    return type.cast(value);
  }

  private <T> T required(int column, Class<T> type, String what) {
    T value = value(column, type, what);
    if (value == null) {
      throw new MigrationFailedException(
          problem("has NULL in " + name(column) + " for " + group), null);
    }
    return value;
  }

  private String name(int column) {
    return relation.columns().get(relation.hookColumns().get(column)).name();
  }

  @Override
  public boolean isNull(int column) {
    return value(column) == null;
  }

  @Override
  public long integer(int column) {
    return required(column, Long.class, "an integer");
  }

  @Override
  public String text(int column) {
    return value(column, String.class, "a text");
  }

  @Override
  public boolean flag(int column) {
    return required(column, Boolean.class, "a boolean");
  }

  @Override
  public long[] integers(int column) {
    return value(column, long[].class, "an array of integers");
  }

  @Override
  public String[] texts(int column) {
    return value(column, String[].class, "an array of texts");
  }
}
