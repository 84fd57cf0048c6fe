package d2s.cli.linking;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * An account that a login by single sign-on has probably made beside the one that was meant: when a
 * name is taken, Synapse appends a number to it.
 *
 * @param user the younger account, {@code @alexander1:example.org}
 * @param original {@code @alexander:example.org}
 * @param created when, in s since 1970
 */
record AccidentalAccount(String user, String original, long created, long devices, long rooms) {

  private static final String QUERY =
      """
      select u.name, o.name, u.creation_ts,
             (select count(*) from devices d where d.user_id = u.name and not coalesce(d.hidden, false)),
             (select count(*) from local_current_membership m where m.user_id = u.name and m.membership = 'join')
      from users u
      join users o on o.name = regexp_replace(u.name, '[0-9]+(?=:)', '')
                  and coalesce(o.creation_ts, 0) <= coalesce(u.creation_ts, 0)
      where u.name ~ '^@[^:]*[^:0-9@][0-9]+:' and u.deactivated = 0
        and exists (select 1 from user_external_ids e where e.user_id = u.name)
      order by u.name
      """;

  static List<AccidentalAccount> find(Connection connection) throws SQLException {
    List<AccidentalAccount> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(QUERY);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(
            new AccidentalAccount(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5)));
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return user
        + ", made on "
        + Instant.ofEpochSecond(created).atZone(ZoneOffset.UTC).toLocalDate()
        + " beside "
        + original
        + ": devices "
        + devices
        + ", rooms "
        + rooms;
  }
}
