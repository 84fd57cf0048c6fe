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

  /** Whether it says on which side of a run the database is, and not only whose it is. */
  private final boolean ofSide;

  private FailedDatabase(String database, boolean ofSide) {
    super(database);
    this.ofSide = ofSide;
  }

  /**
   * Notes where a failure comes from, unless that is known already.
   *
   * @param database {@code source} or {@code target}
   * @return the failure
   */
  public static <E extends SQLException> E mark(E failure, String database) {
    if (marked(failure, true) == null) {
      failure.setNextException(new FailedDatabase(database, true));
    }
    return failure;
  }

  /**
   * Notes whose database it is, for what is asked of it outside of a run. A run says {@code source}
   * or {@code target}, which counts more.
   *
   * @param owner as people call it, in front of the word database
   * @return the failure
   */
  public static <E extends SQLException> E name(E failure, String owner) {
    if (marked(failure, false) == null) {
      failure.setNextException(new FailedDatabase(owner, false));
    }
    return failure;
  }

  /** Notes whichever of the two is gone; nothing if none is, or both. */
  public static <E extends SQLException> E mark(E failure, Connection source, Connection target) {
    if (marked(failure, true) == null) {
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
    String side = marked(failure, true);
    return side == null ? marked(failure, false) : side;
  }

  private static String marked(SQLException failure, boolean ofSide) {
    for (SQLException next = failure; next != null; next = next.getNextException()) {
      if (next instanceof FailedDatabase mark && mark.ofSide == ofSide) {
        return mark.getMessage();
      }
    }
    return null;
  }
}
