package d2s.cli.connection;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says in plain words why a connection could not be made, and what to do. */
final class ConnectionDiagnosis {

  private final String role;
  private final ConnectionSettings settings;

  /**
   * @param role whose database it is, as people call it
   */
  ConnectionDiagnosis(String role, ConnectionSettings settings) {
    this.role = role;
    this.settings = settings;
  }

  String explain(SQLException failure) {
    return "cannot connect to the " + role + " " + settings.describe() + ": " + reason(failure);
  }

  private String reason(SQLException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      Optional<String> reason = networkReason(cause);
      if (reason.isPresent()) {
        return reason.get();
      }
    }
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return switch (state) {
      case "28P01" -> "the password is wrong, or there is no such user.";
      case "28000" ->
          "PostgreSQL does not let this user in"
              + saying(failure)
              + " Check the user name and the server's pg_hba.conf.";
      case "08004" ->
          isAboutTls(failure)
              ? "the server does not speak TLS, which sslmode="
                  + settings.driverProperties().get("sslmode")
                  + " asks for. Set ssl = on in its postgresql.conf, or leave sslmode out if nobody"
                  + " can listen to this network."
              : settings.password().isEmpty()
                  ? "PostgreSQL asks for a password and none was given. Put it into ~/.pgpass, or into"
                      + " the environment variable PGPASSWORD."
                  : "PostgreSQL refused the connection" + saying(failure);
      case "3D000" ->
          "PostgreSQL has no database of this name. The command psql -l lists those it has.";
      case "42501" ->
          "this user lacks the privilege to connect"
              + saying(failure)
              + " Run as the owner of the database, or GRANT CONNECT.";
      case "53300" ->
          "PostgreSQL has no free connection left. Stop what uses it, or raise max_connections.";
      case "57P03" -> "PostgreSQL is starting up or shutting down. Try again in a moment.";
      case "08P01" ->
          "a pooler is between, which refuses this connection"
              + saying(failure)
              + " Connect to PostgreSQL itself, or let PgBouncer ignore it: ignore_startup_parameters"
              + " = extra_float_digits, options.";
      default ->
          isAboutName(failure)
              ? "the certificate of the server is for another name than "
                  + settings.host()
                  + ", and sslmode=verify-full compares them. Write the host as the certificate does."
              : lastResort(failure);
    };
  }

  private Optional<String> networkReason(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return Optional.of("no machine is known by the name " + settings.host() + ".");
    }
    if (cause instanceof SocketTimeoutException) {
      return Optional.of(
          "nothing answered in time. Check host and port, and whether a firewall is between.");
    }
    if (cause instanceof NoRouteToHostException) {
      return Optional.of("the network has no route to that machine.");
    }
    if (cause instanceof CertificateException) {
      return Optional.of(
          "the certificate of the server has expired, or nobody who is trusted has signed it. Give"
              + " the certificate of its signer with sslrootcert.");
    }
    if (cause instanceof SSLException && hasCause(cause, CertificateException.class)) {
      return Optional.empty();
    }
    if (cause instanceof SSLException) {
      return Optional.of(
          "the encrypted connection could not be set up ("
              + cause.getMessage()
              + "). Check sslmode, sslrootcert, sslcert and sslkey.");
    }
    if (settings.socket().isPresent() && cause instanceof SocketException) {
      return Optional.of(
          "the socket cannot be used ("
              + cause.getMessage()
              + "). Check that PostgreSQL is running, and that the directory and the port are"
              + " right.");
    }
    if (cause instanceof ConnectException) {
      return Optional.of(
          "nothing listens there. Check that PostgreSQL is running, and that host and port are"
              + " right.");
    }
    return Optional.empty();
  }

  private static boolean hasCause(Throwable failure, Class<?> type) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  /** The driver compares the names itself, with a class that its message names. */
  private static boolean isAboutName(SQLException failure) {
    return failure.getMessage() != null && failure.getMessage().contains("PgjdbcHostnameVerifier");
  }

  /** The driver itself finds that out; its message names SSL in every language. */
  private static boolean isAboutTls(SQLException failure) {
    boolean isOfDriver =
        failure instanceof PSQLException postgres && postgres.getServerErrorMessage() == null;
    return isOfDriver && failure.getMessage() != null && failure.getMessage().contains("SSL");
  }

  /** What the server said. Its messages of these classes name users, hosts and databases only. */
  private static String saying(SQLException failure) {
    if (failure instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
      ServerErrorMessage message = postgres.getServerErrorMessage();
      return " (it says: " + message.getMessage() + ").";
    }
    return ".";
  }

  private static String lastResort(SQLException failure) {
    return failure.getMessage() + " (SQL state " + failure.getSQLState() + ").";
  }
}
