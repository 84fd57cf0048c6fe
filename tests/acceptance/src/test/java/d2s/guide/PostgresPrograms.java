package d2s.guide;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * {@code createuser}, {@code createdb} and {@code dropdb} with the options that the guide uses, for
 * machines that have no client programs of PostgreSQL. Any other option is an error.
 */
final class PostgresPrograms {

  private PostgresPrograms() {}

  /**
   * @param arguments the program and its arguments; the environment has the superuser's {@code
   *     ADMIN_URL}, and {@code SYNAPSE_PASSWORD}, which a person would type
   */
  public static void main(String... arguments) throws Exception {
    Deque<String> rest = new ArrayDeque<>(List.of(arguments));
    String sql =
        switch (rest.pop()) {
          case "createuser" -> createUser(rest);
          case "createdb" -> createDatabase(rest);
          case "dropdb" -> "drop database " + rest.pop();
          default -> throw new IllegalArgumentException("no such program");
        };
    try (Connection connection = DriverManager.getConnection(System.getenv("ADMIN_URL"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String createUser(Deque<String> rest) {
    require(rest.pop().equals("--pwprompt") && rest.size() == 1);
    return "create role "
        + rest.pop()
        + " login password '"
        + System.getenv("SYNAPSE_PASSWORD")
        + "'";
  }

  private static String createDatabase(Deque<String> rest) {
    StringBuilder options = new StringBuilder();
    while (rest.size() > 1) {
      String[] option = rest.pop().split("=");
      options.append(
          switch (option[0]) {
            case "--owner" -> " owner " + option[1];
            case "--template" -> " template " + option[1];
            case "--encoding" -> " encoding '" + option[1] + "'";
            case "--locale" -> " locale '" + option[1] + "'";
            default -> throw new IllegalArgumentException("no option " + option[0]);
          });
    }
    return "create database " + rest.pop() + options;
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException("other arguments than the guide has");
    }
  }
}
