package d2s.matrix.verification;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** Two queries, one on each side, that must return the same rows. */
public final class SameRows {

  private SameRows() {}

  /**
   * The column {@code key} names a row and is quoted in findings, so it must not be a secret; all
   * others are compared as text and never quoted.
   *
   * <p>A row of the source may be missing if its column {@code content}, or {@code
   * content_of_parent} of what it belongs to, is not JSON that Synapse can read, if Synapse does
   * not have the room, the event or the device in its column {@code of_room}, {@code of_event} or
   * {@code of_device}, or if its column {@code left_out} says why.
   *
   * @param what what a row is, for sentences: {@code device}
   */
  public static void compare(
      VerificationContext context,
      Findings findings,
      String what,
      List<String> tables,
      String sourceSql,
      String targetSql)
      throws SQLException {
    String[] last = {null};
    try (Absence absence = new Absence(context, tables)) {
      Merge.all(
          context,
          sourceSql,
          targetSql,
          (key, source, target) -> {
            findings.looked();
            if (target != null && source != null) {
              last[0] = key;
              compare(what + " " + key, source, target, findings);
            } else if (target != null) {
              findings.found(key, "Dendrite has no such " + what);
            } else {
              String damage =
                  key.equals(last[0]) ? "Dendrite has it more than once" : absence.reason(source);
              if (damage == null) {
                findings.found(key, "this " + what + " is missing");
              } else {
                findings.noted(key, "this " + what + " is left out: " + damage);
              }
            }
          });
    }
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
}
