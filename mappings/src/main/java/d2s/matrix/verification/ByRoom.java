package d2s.matrix.verification;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Several queries, on either database, read room by room in step, so that no more than one room is
 * in memory.
 */
public final class ByRoom implements AutoCloseable {

  private final Map<String, Cursor> cursors = new LinkedHashMap<>();

  /** One query, standing on its next row that nobody has read. */
  private static final class Cursor {
    private final Statement statement;
    private final ResultSet rows;
    private String room;

    Cursor(Connection connection, String sql) throws SQLException {
      statement = Sql.statement(connection);
      rows =
          statement.executeQuery(
              "select * from (" + sql + ") by_room order by room_id collate \"C\"");
      next();
    }

    public void next() throws SQLException {
      room = rows.next() ? rows.getString("room_id") : null;
    }
  }

  /**
   * Adds a query.
   *
   * @param name under which its rows are read
   * @param sql a query with a column {@code room_id} that is never NULL
   */
  public ByRoom with(String name, Connection connection, String sql) throws SQLException {
    cursors.put(name, new Cursor(connection, sql));
    return this;
  }

  /** The next room of any query, or null after the last one. Rows that were not read are lost. */
  public String next(String current) throws SQLException {
    String next = null;
    for (Cursor cursor : cursors.values()) {
      while (cursor.room != null && cursor.room.equals(current)) {
        cursor.next();
      }
      if (cursor.room != null && (next == null || Merge.compare(cursor.room, next) < 0)) {
        next = cursor.room;
      }
    }
    return next;
  }

  /** Reads all rows that a query has for a room. */
  public void read(String room, String name, Sql.RowReader reader) throws SQLException {
    Cursor cursor = cursors.get(name);
    while (room.equals(cursor.room)) {
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
