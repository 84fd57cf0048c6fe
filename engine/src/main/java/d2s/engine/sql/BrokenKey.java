package d2s.engine.sql;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The row that breaks a key, by the values of the key. The server tells it in its DETAIL, whose
 * other forms quote whole rows.
 */
public final class BrokenKey {

  private static final Pattern KEY =
      Pattern.compile(
          "Key \\((.+?)\\)=\\((.*)\\) (is duplicated|already exists|is not present in table"
              + " \".*\")\\.",
          Pattern.DOTALL);

  private static final int LONGEST = 300;

  private BrokenKey() {}

  /**
   * What to add to a message about the failure: the table, the key and what to do. Empty if it is
   * about something else.
   *
   * @param secrets columns whose values are not told
   */
  public static String text(SQLException failure, Collection<String> secrets) {
    ServerErrorMessage server =
        failure instanceof PSQLException refused ? refused.getServerErrorMessage() : null;
    if (server == null || server.getDetail() == null) {
      return "";
    }
    Matcher key = KEY.matcher(server.getDetail());
    if (!key.matches()) {
      return "";
    }
    // An expression over a secret is one, too.
    boolean secret = Arrays.stream(key.group(1).split("\\W+")).anyMatch(secrets::contains);
    String values = key.group(2);
    return ". In "
        + server.getTable()
        + ", "
        + key.group(1)
        + (secret ? "" : " = " + values.substring(0, Math.min(values.length(), LONGEST)))
        + " "
        + key.group(3)
        + ". Look for these rows in the source: "
        + (key.group(3).startsWith("is not present")
            ? "add what they refer to"
            : "remove all but one")
        + ", or let the mapping file leave them out with skip";
  }
}
