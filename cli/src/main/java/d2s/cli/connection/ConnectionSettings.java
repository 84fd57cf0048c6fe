package d2s.cli.connection;

import d2s.cli.framework.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Everything that is needed to connect to one database.
 *
 * @param host a name or address, or the absolute path of the directory of a Unix-domain socket
 * @param password empty when none is given; the server may not want one
 * @param driverProperties further properties of the JDBC driver by its names
 * @param notes what the user should know, for instance that a password file was ignored
 */
public record ConnectionSettings(
    String host,
    int port,
    String database,
    String user,
    Optional<Secret> password,
    SortedMap<String, String> driverProperties,
    List<String> notes) {

  private static final int DEFAULT_PORT = 5432;

  /** This machine, by the names that mean nothing else. */
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?");

  /**
   * Completes what a connection string says as libpq does: from environment variables, the password
   * file, the name of the user, and the socket of a local server.
   *
   * @throws InvalidConnectionStringException if a value cannot be right, naming the parameter
   */
  public static ConnectionSettings complete(
      Map<ConnectionParameter, String> given, Environment surroundings)
      throws InvalidConnectionStringException {
    Values values = new Values(given, surroundings.variables());
    int port = port(values.find(ConnectionParameter.PORT));
    String host =
        values
            .find(ConnectionParameter.HOST)
            .orElseGet(() -> localHost(surroundings.socketDirectories(), port));
    if (host.indexOf(',') >= 0) {
      throw new InvalidConnectionStringException(
          "several hosts are given; write the one that holds the database now");
    }
    if (host.startsWith("@")) {
      throw new InvalidConnectionStringException(
          "abstract sockets (a host that begins with @) are not supported; write a directory, a"
              + " name or an address");
    }
    String user = values.find(ConnectionParameter.USER).orElse(surroundings.user());
    String database = values.find(ConnectionParameter.DATABASE).orElse(user);

    List<String> notes = new ArrayList<>();
    Optional<Secret> password = values.find(ConnectionParameter.PASSWORD).map(Secret::new);
    if (password.isEmpty()) {
      Path file =
          values
              .find(ConnectionParameter.PASSWORD_FILE)
              .map(Path::of)
              .orElse(surroundings.home().resolve(".pgpass"));
      PasswordFile.Answer answer =
          PasswordFile.look(file, nameInPasswordFile(host, surroundings), port, database, user);
      answer.note().ifPresent(notes::add);
      password = answer.password();
    }
    return new ConnectionSettings(
        host, port, database, user, password, properties(values, host), List.copyOf(notes));
  }

  /** The socket file, when the host is a directory. */
  public Optional<Path> socket() {
    return isDirectory(host) ? Optional.of(Path.of(host, ".s.PGSQL." + port)) : Optional.empty();
  }

  /** For people: which database, where, as whom; never the password. */
  public String describe() {
    return "database \""
        + database
        + "\" "
        + socket().map(path -> "on the socket " + path).orElse("on " + host + ", port " + port)
        + ", as user \""
        + user
        + "\"";
  }

  /** Whether both lead to the same database, as far as their texts tell. */
  public boolean isSameDatabase(ConnectionSettings other) {
    return host.equals(other.host) && port == other.port && database.equals(other.database);
  }

  private static int port(Optional<String> text) throws InvalidConnectionStringException {
    if (text.isEmpty()) {
      return DEFAULT_PORT;
    }
    if (!text.get().matches("[0-9]{1,5}")
        || Integer.parseInt(text.get()) < 1
        || Integer.parseInt(text.get()) > 65_535) {
      throw new InvalidConnectionStringException("the port must be a number from 1 to 65535");
    }
    return Integer.parseInt(text.get());
  }

  private static String localHost(List<Path> socketDirectories, int port) {
    for (Path directory : socketDirectories) {
      if (Files.exists(directory.resolve(".s.PGSQL." + port))) {
        return directory.toString();
      }
    }
    return "localhost";
  }

  /** The password file knows connections through the usual socket as localhost. */
  private static String nameInPasswordFile(String host, Environment surroundings) {
    return isDirectory(host) && surroundings.socketDirectories().contains(Path.of(host))
        ? "localhost"
        : host;
  }

  private static boolean isDirectory(String host) {
    return host.startsWith("/");
  }

  private static SortedMap<String, String> properties(Values values, String host)
      throws InvalidConnectionStringException {
    SortedMap<String, String> properties = new TreeMap<>();
    for (ConnectionParameter parameter : ConnectionParameter.values()) {
      Optional<String> value = values.find(parameter);
      if (parameter.driverProperty().isPresent() && value.isPresent()) {
        properties.put(parameter.driverProperty().get(), value.get());
      }
    }
    checkTimeout(properties.get("connectTimeout"));
    checkSslMode(properties.get("sslmode"));
    properties.putIfAbsent("ApplicationName", "d2s");
    // Encryption by Kerberos would cost a round trip for the few who have it.
    properties.put("gssEncMode", "disable");
    if (isDirectory(host)) {
      // As libpq: a socket does not leave the machine and is never encrypted.
      properties.put("sslmode", "disable");
    } else if ("require".equals(properties.get("sslmode"))
        && properties.containsKey("sslrootcert")) {
      // As libpq: whoever names an authority wants it checked. The driver would not.
      properties.put("sslmode", "verify-ca");
    } else if (LOOPBACK.matcher(host).matches()
        && !"require".equals(properties.get("channelBinding"))) {
      // Nor does this leave the machine. To encrypt it would be a twentieth of a migration's work.
      properties.putIfAbsent("sslmode", "allow");
    }
    return properties;
  }

  private static void checkTimeout(String seconds) throws InvalidConnectionStringException {
    if (seconds != null && !seconds.matches("[0-9]{1,6}")) {
      throw new InvalidConnectionStringException("connect_timeout must be a number of seconds");
    }
  }

  private static void checkSslMode(String mode) throws InvalidConnectionStringException {
    List<String> modes =
        List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    if (mode != null && !modes.contains(mode)) {
      throw new InvalidConnectionStringException(
          "sslmode must be one of " + String.join(", ", modes));
    }
  }

  /** Given values first, then the environment; an empty value counts as not given. */
  private record Values(Map<ConnectionParameter, String> given, Map<String, String> variables) {

    Optional<String> find(ConnectionParameter parameter) {
      return Optional.ofNullable(given.get(parameter))
          .filter(value -> !value.isEmpty())
          .or(() -> parameter.variable().map(variables::get).filter(value -> !value.isEmpty()));
    }
  }
}
