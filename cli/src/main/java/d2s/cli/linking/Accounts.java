package d2s.cli.linking;

import d2s.cli.linking.Link.ExternalId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts of Synapse and their links, from {@code users} and {@code user_external_ids}.
 *
 * @param active by user ID, whether somebody can log in to the account
 * @param links the account of each id at a provider
 */
record Accounts(Map<String, Boolean> active, Map<ExternalId, String> links) {

  static Accounts read(Connection connection) throws SQLException {
    Map<String, Boolean> active = new HashMap<>();
    Map<ExternalId, String> links = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("select name, deactivated = 0 from users")) {
        while (row.next()) {
          active.put(row.getString(1), row.getBoolean(2));
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "select auth_provider, external_id, user_id from user_external_ids order by 1, 2")) {
        while (row.next()) {
          links.put(new ExternalId(row.getString(1), row.getString(2)), row.getString(3));
        }
      }
    }
    return new Accounts(active, links);
  }

  boolean has(String userId) {
    return active.containsKey(userId);
  }

  /** The account with these letters in upper or lower case. */
  Optional<String> likeIgnoringCase(String userId) {
    return active.keySet().stream().filter(userId::equalsIgnoreCase).findFirst();
  }

  /** What stands after the colon in every user ID; empty when there is no account. */
  Optional<String> serverName() {
    return active.keySet().stream().findAny().map(id -> id.substring(id.indexOf(':') + 1));
  }

  /** The subs of an account at a provider. */
  List<String> subs(String userId, String provider) {
    List<String> subs = new ArrayList<>();
    links.forEach(
        (id, user) -> {
          if (user.equals(userId) && id.provider().equals(provider)) {
            subs.add(id.sub());
          }
        });
    return subs;
  }

  /** Links with which nobody can log in to their account. */
  List<Link> stale() {
    List<Link> stale = new ArrayList<>();
    links.forEach(
        (id, user) -> {
          if (!active.getOrDefault(user, false)) {
            stale.add(new Link(user, id.provider(), id.sub()));
          }
        });
    return stale;
  }
}
