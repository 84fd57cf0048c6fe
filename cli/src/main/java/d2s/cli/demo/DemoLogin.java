package d2s.cli.demo;

import d2s.cli.connection.Secret;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A device that somebody is logged in with, as Dendrite knows it.
 *
 * @param rooms IDs of the rooms that the user is in
 */
record DemoLogin(String user, String device, Secret accessToken, SortedSet<String> rooms) {

  private static final String LOGINS =
      """
      select '@' || d.localpart || ':' || d.server_name as user_id, d.device_id, d.access_token,
             array(select s.room_id from syncapi_current_room_state s
                   where s.type = 'm.room.member' and s.membership = 'join'
                     and s.state_key = '@' || d.localpart || ':' || d.server_name)
      from userapi_devices d
      join userapi_accounts a using (localpart, server_name)
      where not coalesce(a.is_deactivated, false)
      order by 1, 2
      """;

  /** All logins in a Dendrite database. */
  static List<DemoLogin> read(Connection dendrite) throws SQLException {
    List<DemoLogin> logins = new ArrayList<>();
    try (Statement statement = dendrite.createStatement();
        ResultSet rows = statement.executeQuery(LOGINS)) {
      while (rows.next()) {
        logins.add(
            new DemoLogin(
                rows.getString(1),
                rows.getString(2),
                new Secret(rows.getString(3)),
                new TreeSet<>(List.of((String[]) rows.getArray(4).getArray()))));
      }
    }
    return logins;
  }
}
