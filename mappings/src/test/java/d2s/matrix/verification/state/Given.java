package d2s.matrix.verification.state;

import d2s.matrix.verification.rows.ByKey;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;

/** Rows that a test gives instead of the queries of the verifications. */
final class Given implements AutoCloseable {

  static final String ROOM = "!room";

  private final Connection connection;
  private final ByKey rows = new ByKey("room_id");

  Given() throws SQLException {
    connection = TestPostgres.createDatabase("given").connect();
  }

  /**
   * Adds rows of the room.
   *
   * @param columns the names of the columns and their types, such as {@code nid bigint}
   * @param values as after {@code values}; empty for no rows
   */
  Given with(String name, String columns, String values) throws SQLException {
    String list = columns.replaceAll("(\\w+) [^,]+", "$1");
    String cast = columns.replaceAll("(\\w+) ([^,]+)", "$1::$2");
    rows.with(
        name,
        connection,
        values.isEmpty()
            ? "select '%s' as room_id, %s from (select null) n where false"
                .formatted(ROOM, columns.replaceAll("(\\w+) ([^,]+)", "null::$2 as $1"))
            : "select '%s' as room_id, %s from (values %s) v (%s)"
                .formatted(ROOM, cast, values, list));
    return this;
  }

  ByKey rows() {
    return rows;
  }

  @Override
  public void close() throws SQLException {
    rows.close();
    connection.close();
  }
}
