package d2s.matrix.verification.rows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Several queries, on either database, read in step in the order of one column, so that no more
 * than the rows of one room or one event are in memory.
 */
public final class ByKey implements AutoCloseable {

  private final String column;
  private final Map<String, Cursor> cursors = new LinkedHashMap<>();

  /** One query, standing on its next row that nobody has read. */
  private final class Cursor {
    private final Statement statement;
    private final ResultSet rows;
    private final int position;
    private String key;

    Cursor(Connection connection, String sql) throws SQLException {
      statement = Sql.statement(connection);
      rows =
          statement.executeQuery(
              "select * from (" + sql + ") by_key order by " + Sql.bytewise(connection, column));
      position = rows.findColumn(column);
      next();
    }

    public void next() throws SQLException {
      key = rows.next() ? rows.getString(position) : null;
    }
  }

  /**
   * @param column the name of a column of every query, a text that is never NULL
   */
  public ByKey(String column) {
    this.column = column;
  }

  /**
   * Adds a query.
   *
   * @param name under which its rows are read
   */
  public ByKey with(String name, Connection connection, String sql) throws SQLException {
    cursors.put(name, new Cursor(connection, sql));
    return this;
  }

  /** The next key of any query, or null after the last one. Rows that were not read are lost. */
  public String next(String current) throws SQLException {
    String next = null;
    for (Cursor cursor : cursors.values()) {
      while (cursor.key != null && cursor.key.equals(current)) {
        cursor.next();
      }
      if (cursor.key != null && (next == null || Merge.compare(cursor.key, next) < 0)) {
        next = cursor.key;
      }
    }
    return next;
  }

  /** Reads all rows that a query has for a key. */
  public void read(String key, String name, Sql.RowReader reader) throws SQLException {
    Cursor cursor = cursors.get(name);
    while (key.equals(cursor.key)) {
      reader.read(cursor.rows);
      cursor.next();
    }
  }

  @Override
  public void close() throws SQLException {
    for (Cursor cursor : cursors.values()) {
      cursor.statement.close();
    }
  }
}
