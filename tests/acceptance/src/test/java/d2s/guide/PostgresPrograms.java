package d2s.guide;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * {@code createuser}, {@code createdb}, {@code dropdb} and {@code psql} with the options that the
 * guide uses, for machines that have no client programs of PostgreSQL. Any other option is an
 * error.
 */
final class PostgresPrograms {

  private PostgresPrograms() {}

  /**
   * @param arguments the program and its arguments; the environment has the superuser's {@code
   *     ADMIN_URL}, {@code SYNAPSE_PASSWORD}, which a person would type, and {@code
   *     DENDRITE_DATABASE}, which the guide calls dendrite
   */
  public static void main(String... arguments) throws Exception {
    Deque<String> rest = new ArrayDeque<>(List.of(arguments));
    String program = rest.pop();
    if (rest.peek().equals("-U")) {
      rest.pop();
      require(rest.pop().equals("dendrite"));
    }
    String sql =
        switch (program) {
          case "createuser" -> createUser(rest);
          case "createdb" -> createDatabase(rest);
          case "dropdb" -> "drop database " + here(rest.pop());
          case "psql" -> here(rest.pop().replaceFirst("^--command=", ""));
          default -> throw new IllegalArgumentException("no such program");
        };
    try (Connection connection = DriverManager.getConnection(System.getenv("ADMIN_URL"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String here(String text) {
    return text.replace("dendrite", System.getenv("DENDRITE_DATABASE"));
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
