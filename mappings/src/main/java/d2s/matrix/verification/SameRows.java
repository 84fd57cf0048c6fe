package d2s.matrix.verification;

import d2s.engine.extension.Evidence;
import d2s.engine.extension.Findings;
import d2s.matrix.event.ClientJson;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Objects;

/** Two queries, one on each side, that must return the same rows. */
final class SameRows {

  private SameRows() {}

  /**
   * The column {@code key} names a row and is quoted in findings, so it must not be a secret; all
   * others are compared as text and never quoted. A row of the source whose column {@code content}
   * is not JSON that Synapse can read may be missing.
   *
   * @param what what a row is, for sentences: {@code device}
   */
  static void compare(
      Evidence evidence, Findings findings, String what, String sourceSql, String targetSql)
      throws SQLException {
    Merge.of(
        evidence,
        sourceSql,
        targetSql,
        (key, source, target) -> {
          findings.looked();
          if (target == null) {
            if (!isUnreadable(source)) {
              findings.found(key, "this " + what + " is missing");
            }
          } else if (source == null) {
            findings.found(key, "Dendrite has no such " + what);
          } else {
            compare(what + " " + key, source, target, findings);
          }
        });
  }

  private static void compare(String what, ResultSet source, ResultSet target, Findings findings)
      throws SQLException {
    ResultSetMetaData shape = target.getMetaData();
    for (int column = 1; column <= shape.getColumnCount(); column++) {
      String name = shape.getColumnLabel(column);
      if (!Objects.equals(source.getString(name), target.getString(name))) {
        findings.found(what, "has another " + name + " than in Dendrite");
      }
    }
  }

  private static boolean isUnreadable(ResultSet source) throws SQLException {
    ResultSetMetaData shape = source.getMetaData();
    for (int column = 1; column <= shape.getColumnCount(); column++) {
      if (shape.getColumnLabel(column).equals("content")) {
        String content = source.getString(column);
        return content == null || ClientJson.flaw(content) != null;
      }
    }
    return false;
  }
}
