package d2s.engine.sql;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why a database refused something, in one line without any value of a row.
 *
 * <p>The server's DETAIL and CONTEXT, which the driver puts into its messages, can hold a whole
 * row; and the messages about values that do not fit their type quote them. What a function or
 * trigger of the database says itself can be anything, so that it is named and not quoted.
 */
public final class SqlErrors {

  /** The class of errors about values: data exceptions. */
  private static final String DATA = "22";

  /** Servers speak many languages, and each has its own marks. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "[\"\u00ab\u00bb\u201c-\u201f\u2039\u203a\u300c-\u300f]"
              + ".*[\"\u00ab\u00bb\u201c-\u201f\u2039\u203a\u300c-\u300f]",
          Pattern.DOTALL);

  /** The CONTEXT of what comes out of a function. Its other lines quote statements and values. */
  private static final Pattern OF_FUNCTION = Pattern.compile("(?m)^[^\"\\n]*PL/\\w+");

  private static final Pattern FUNCTION_NAME =
      Pattern.compile(OF_FUNCTION + "[^\"\\n(]*?(?:\"([^\"\\n]{1,63})\"|(\\w{1,63})\\()");

  /** HikariCP says it of a connection that it has given up, without a state. */
  private static final String CLOSED_BY_POOL = "Connection is closed";

  /** Those that a function gives to what it raises, if it says nothing else. */
  private static final String RAISED = "P0";

  private SqlErrors() {}

  /** The driver says of a batch which statement failed, with its values, and then why. */
  private static SQLException ofStatement(SQLException failure) {
    return failure instanceof BatchUpdateException
            && failure.getNextException() instanceof PSQLException reason
        ? reason
        : failure;
  }

  private static ServerErrorMessage server(SQLException failure) {
    return ofStatement(failure) instanceof PSQLException refused
        ? refused.getServerErrorMessage()
        : null;
  }

  /** The reason as the server tells it; only what is needed to mend the query or the mapping. */
  public static String reason(SQLException failure) {
    ServerErrorMessage server = server(failure);
    if (server == null || server.getMessage() == null) {
      String said = ofStatement(failure).getMessage();
      String message = said == null ? "no reason given" : said;
      // A sentence may follow.
      return message.lines().findFirst().orElse("").strip().replaceFirst("[.]$", "");
    }
    if (isOfFunction(server)) {
      return "a function or trigger of the database raises an error"
          + functionName(server)
          + " (SQL state "
          + server.getSQLState()
          + "); what it says is in the log of its server";
    }
    String message = server.getMessage();
    if (server.getSQLState() != null && server.getSQLState().startsWith(DATA)) {
      message = QUOTED.matcher(message).replaceAll("\"...\"");
    }
    return message.lines().findFirst().orElse("").strip();
  }

  /**
   * Whether it comes out of a function, whose words can hold a row whatever SQL state it gives
   * them.
   */
  private static boolean isOfFunction(ServerErrorMessage server) {
    return server.getWhere() != null && OF_FUNCTION.matcher(server.getWhere()).find()
        || server.getSQLState() != null && server.getSQLState().startsWith(RAISED);
  }

  private static String functionName(ServerErrorMessage server) {
    Matcher found = FUNCTION_NAME.matcher(server.getWhere() == null ? "" : server.getWhere());
    if (!found.find()) {
      return "";
    }
    return ": " + (found.group(1) == null ? found.group(2) : found.group(1));
  }

  /**
   * The reason with the server's hint; for queries that were not run, since a hint quotes names.
   */
  public static String reasonAndHint(SQLException failure) {
    ServerErrorMessage server = server(failure);
    String hint =
        server == null || server.getHint() == null || isOfFunction(server)
            ? ""
            : " (" + server.getHint() + ")";
    return reason(failure) + hint;
  }

  /**
   * The place in the statement that the server complains of, counted from 1; 0 if it tells none.
   */
  public static int position(SQLException failure) {
    ServerErrorMessage server = server(failure);
    return server == null ? 0 : server.getPosition();
  }

  /**
   * The same failure without values, fit to be the cause of an exception that is printed. That it
   * was this process which had no memory stays its cause.
   */
  public static SQLException withoutValues(SQLException failure) {
    SQLException clean = new SQLException(reason(failure), failure.getSQLState());
    clean.setStackTrace(failure.getStackTrace());
    if (failure.getCause() instanceof OutOfMemoryError ownMemory) {
      clean.initCause(ownMemory);
    }
    return clean;
  }

  /** Whether the database is gone, and not what was asked of it wrong. */
  public static boolean isLost(SQLException failure) {
    String state = failure.getSQLState();
    return state == null
        ? CLOSED_BY_POOL.equals(failure.getMessage())
        : state.startsWith("08") || state.startsWith("57P");
  }

  /**
   * Whether nobody can tell if the statement was executed: the server did not answer, or ended the
   * connection. Any other answer says that it was not.
   */
  public static boolean isOutcomeUnknown(SQLException failure) {
    return server(failure) == null || isLost(failure);
  }

  /**
   * Whether it says nothing about what was asked, which may be right: the database is gone,
   * somebody has cancelled it, a lock or a timeout came in its way, or the server has no room or
   * memory.
   */
  public static boolean isOfServer(SQLException failure) {
    String state = failure.getSQLState();
    return isLost(failure)
        || state != null
            && (state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.startsWith("40")
                || state.equals("55P03")
                || state.equals("25P03")
                || state.equals("25P04"));
  }

  /** Whether rows are at fault: they break a key, a check or NOT NULL, or a value does not fit. */
  public static boolean isAboutRows(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && (state.startsWith("23") || state.startsWith(DATA));
  }

  /**
   * What kind of failure it is, and what to do about it; empty where the reason says it itself.
   *
   * @param database which one, as a person knows it
   */
  public static String advice(SQLException failure, String database) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return switch (state) {
      case "42501" ->
          ". A right is missing in the " + database + ": connect as the owner of its tables";
      case "40001" ->
          ". Is the server of the "
              + database
              + " a standby? Then it could not let this run read on. Set max_standby_streaming_delay"
              + " = -1 there for that time, or read from the primary server";
      case "57014" -> ". Somebody cancelled it, or a statement_timeout is set for the role";
      case "55P03" ->
          ". Another session holds a lock on a table of the "
              + database
              + ": end it, or unset the role's lock_timeout";
      case "25006" ->
          ". The "
              + database
              + " is read only: is it a standby, or is"
              + " default_transaction_read_only set?";
      case "25P03" -> ". Unset idle_in_transaction_session_timeout for the role";
      case "53100" -> ". The disk of the " + database + " is full";
      case "53200" ->
          failure.getCause() instanceof OutOfMemoryError
              ? ""
              : ". The server of the " + database + " ran out of memory";
      case "53300" ->
          ". The server of the "
              + database
              + " gives no more connections. A run takes three of the source and two of the target:"
              + " raise max_connections, or the connection limit of the role or the database";
      default ->
          isLost(failure)
              ? ". The connection to the " + database + " is lost: does its server still run?"
              : state.startsWith("58")
                  ? ". The server of the "
                      + database
                      + " cannot read or write its files; see its log"
                  : "";
    };
  }
}
