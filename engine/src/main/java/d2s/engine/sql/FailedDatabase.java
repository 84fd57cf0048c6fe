package d2s.engine.sql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Says of a failure which database it comes from. The failure itself stays as it is: this stands
 * behind it, as a next exception.
 */
public final class FailedDatabase extends SQLException {

  private static final long serialVersionUID = 1;
  private static final int PROBE_SECONDS = 2;

  private FailedDatabase(String database) {
    super(database);
  }

  /**
   * Notes where a failure comes from, unless that is known already.
   *
   * @param database {@code source} or {@code target}
   * @return the failure
   */
  public static <E extends SQLException> E mark(E failure, String database) {
    if (marked(failure) == null) {
      failure.setNextException(new FailedDatabase(database));
    }
    return failure;
  }

  /** Notes whichever of the two is gone; nothing if none is, or both. */
  public static <E extends SQLException> E mark(E failure, Connection source, Connection target) {
    if (marked(failure) == null) {
      boolean sourceGone = isGone(source);
      if (sourceGone != isGone(target)) {
        mark(failure, sourceGone ? "source" : "target");
      }
    }
    return failure;
  }

  private static boolean isGone(Connection connection) {
    try {
      return !connection.isValid(PROBE_SECONDS);
    } catch (SQLException e) {
      return true;
    }
  }

  /** Which one it is, for a sentence: {@code source database}; without it only {@code database}. */
  public static String of(SQLException failure) {
    String database = marked(failure);
    return database == null ? "database" : database + " database";
  }

  /** The same as the subject of a sentence: {@code the source database}, {@code a database}. */
  public static String subject(SQLException failure) {
    return (marked(failure) == null ? "a " : "the ") + of(failure);
  }

  private static String marked(SQLException failure) {
    for (SQLException next = failure; next != null; next = next.getNextException()) {
      if (next instanceof FailedDatabase) {
        return next.getMessage();
      }
    }
    return null;
  }
}
