package d2s.engine.result;

import java.util.List;

/**
 * What one check before a run came to.
 *
 * @param id in kebab-case; the same for the same check in every version
 * @param what what was found, as a sentence
 * @param rows names of what it is about: tables, rows, files, processes; the first of them
 * @param cause why it matters, or how it comes about; may be empty
 * @param cure what to do now; empty where there is nothing to do
 */
public record CheckResult(
    String id, Severity severity, String what, List<String> rows, String cause, String cure) {

  /** How many rows a text names. */
  private static final int NAMED = 3;

  public CheckResult {
    rows = List.copyOf(rows);
  }

  /** A check that found nothing to do. */
  public static CheckResult ok(String id, String what) {
    return new CheckResult(id, Severity.OK, what, List.of(), "", "");
  }

  public static CheckResult warning(
      String id, String what, List<String> rows, String cause, String cure) {
    return new CheckResult(id, Severity.WARNING, what, rows, cause, cure);
  }

  public static CheckResult error(
      String id, String what, List<String> rows, String cause, String cure) {
    return new CheckResult(id, Severity.ERROR, what, rows, cause, cure);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  public boolean isWarning() {
    return severity == Severity.WARNING;
  }

  /** The same where it does not hinder a run. */
  public CheckResult demoted() {
    return isError() ? new CheckResult(id, Severity.WARNING, what, rows, cause, cure) : this;
  }

  /** All of it in one paragraph. */
  public String text() {
    StringBuilder text = new StringBuilder(what);
    if (!rows.isEmpty()) {
      text.append(" (")
          .append(String.join(", ", rows.subList(0, Math.min(NAMED, rows.size()))))
          .append(rows.size() > NAMED ? ", ...)" : ")");
    }
    for (String more : List.of(cause, cure)) {
      if (!more.isEmpty()) {
        text.append(' ').append(more);
      }
    }
    return text.toString();
  }
}
