package d2s.cli.connection;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The connection parameters that are understood, by the names of libpq. Everything else is an
 * error: some parameters of the JDBC driver load classes or write files, and a parameter that is
 * dropped silently may be the one that was meant to keep the connection safe.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS">
 *     Parameter key words of libpq</a>
 */
public enum ConnectionParameter {
  HOST("host", "PGHOST", null),
  PORT("port", "PGPORT", null),
  DATABASE("dbname", "PGDATABASE", null),
  USER("user", "PGUSER", null),
  PASSWORD("password", "PGPASSWORD", null),
  PASSWORD_FILE("passfile", "PGPASSFILE", null),
  CONNECT_TIMEOUT("connect_timeout", "PGCONNECT_TIMEOUT", "connectTimeout"),
  APPLICATION_NAME("application_name", "PGAPPNAME", "ApplicationName"),
  OPTIONS("options", "PGOPTIONS", "options"),
  CHANNEL_BINDING("channel_binding", "PGCHANNELBINDING", "channelBinding"),
  SSL_MODE("sslmode", "PGSSLMODE", "sslmode"),
  SSL_ROOT_CERTIFICATE("sslrootcert", "PGSSLROOTCERT", "sslrootcert"),
  SSL_CERTIFICATE("sslcert", "PGSSLCERT", "sslcert"),
  SSL_KEY("sslkey", "PGSSLKEY", "sslkey"),
  SSL_PASSWORD("sslpassword", null, "sslpassword"),

  // The following tune a client for a long life or for its own driver. Configuration files of
  // servers carry them; for one short run they mean nothing, so they are read and not used.
  CLIENT_ENCODING("client_encoding", null, null),
  FALLBACK_APPLICATION_NAME("fallback_application_name", null, null),
  KEEPALIVES("keepalives", null, null),
  KEEPALIVES_IDLE("keepalives_idle", null, null),
  KEEPALIVES_INTERVAL("keepalives_interval", null, null),
  KEEPALIVES_COUNT("keepalives_count", null, null),
  TCP_USER_TIMEOUT("tcp_user_timeout", null, null),
  BINARY_PARAMETERS("binary_parameters", null, null),
  DISABLE_PREPARED_BINARY_RESULT("disable_prepared_binary_result", null, null);

  private final String keyword;
  private final String variable;
  private final String driverProperty;

  ConnectionParameter(String keyword, String variable, String driverProperty) {
    this.keyword = keyword;
    this.variable = variable;
    this.driverProperty = driverProperty;
  }

  /** The name in key/value strings and URIs. */
  public String keyword() {
    return keyword;
  }

  /** The environment variable that libpq reads when the parameter is not given. */
  public Optional<String> variable() {
    return Optional.ofNullable(variable);
  }

  /** The property of the JDBC driver that the value is handed to unchanged. */
  public Optional<String> driverProperty() {
    return Optional.ofNullable(driverProperty);
  }

  /**
   * Finds a parameter by its libpq key word or by the name of its JDBC property.
   *
   * @throws InvalidConnectionStringException naming the parameter when it is not on the list
   */
  public static ConnectionParameter named(String name) throws InvalidConnectionStringException {
    for (ConnectionParameter parameter : values()) {
      if (name.equals(parameter.keyword) || name.equals(parameter.driverProperty)) {
        return parameter;
      }
    }
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.]{0,40}")) {
      throw new InvalidConnectionStringException(
          "a parameter name holds a character that no parameter name has; a value with spaces must"
              + " be quoted, as in dbname='my database'");
    }
    throw new InvalidConnectionStringException(
        "the parameter " + name + " is not supported; supported are " + names());
  }

  private static String names() {
    return Arrays.stream(values())
        .filter(parameter -> parameter.ordinal() < CLIENT_ENCODING.ordinal())
        .map(ConnectionParameter::keyword)
        .collect(Collectors.joining(", "));
  }
}
