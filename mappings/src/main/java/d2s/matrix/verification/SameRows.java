package d2s.matrix.verification;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.rows.Merge;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Two queries, one on each side, that must return the same rows. */
public final class SameRows {

  private SameRows() {}

  /**
   * The column {@code key} names a row and is quoted in findings, so it must not be a secret; all
   * others are compared as text and never quoted.
   *
   * <p>A row of the source may be missing if its column {@code content}, or {@code
   * content_of_parent} of what it belongs to, is not JSON that Synapse can read, if its column
   * {@code message} is no message to a device, if Synapse does not have the room, the event or the
   * device in its column {@code of_room}, {@code of_event} or {@code of_device}, or if its column
   * {@code left_out} says why.
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
    try (Absence absence = new Absence(context, tables)) {
      Held held = new Held(findings);
      Merge.all(
          context,
          sourceSql,
          targetSql,
          (key, source, target) -> {
            findings.looked();
            if (target != null && source != null) {
              held.hold(what + " " + key, target);
              held.compare(source);
            } else if (target != null) {
              findings.found(key, "Dendrite has no such " + what);
            } else if (held.is(what + " " + key)) {
              held.compare(source);
              findings.noted(key, "this " + what + " is left out: Dendrite has it more than once");
            } else {
              String damage = absence.reason(source);
              if (damage == null) {
                findings.found(key, "this " + what + " is missing");
              } else {
                findings.noted(key, "this " + what + " is left out: " + damage);
              }
            }
          });
      held.report();
    }
  }

  /** A row of Synapse, which must be like one of those that Dendrite has of its key. */
  private static final class Held {

    private final Findings findings;
    private String what = "";
    private Map<String, String> row = Map.of();

    /** The columns that differ; those of the first row, unless another is the same. */
    private List<String> different;

    Held(Findings findings) {
      this.findings = findings;
    }

    boolean is(String name) {
      return what.equals(name);
    }

    /** Lets go of the row before it. */
    void hold(String name, ResultSet target) throws SQLException {
      report();
      what = name;
      different = null;
      row = new LinkedHashMap<>();
      ResultSetMetaData shape = target.getMetaData();
      for (int column = 1; column <= shape.getColumnCount(); column++) {
        row.put(shape.getColumnLabel(column), target.getString(column));
      }
    }

    void compare(ResultSet source) throws SQLException {
      List<String> found = new ArrayList<>();
      for (Map.Entry<String, String> column : row.entrySet()) {
        if (!Objects.equals(source.getString(column.getKey()), column.getValue())) {
          found.add(column.getKey());
        }
      }
      if (different == null || found.isEmpty()) {
        different = found;
      }
    }

    void report() {
      if (different != null) {
        different.forEach(
            column -> findings.found(what, "has another " + column + " than in Dendrite"));
      }
    }
  }
}
