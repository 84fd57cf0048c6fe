package d2s.cli.framework;

/** How a command ended. The numbers are documented and do not change. */
public enum ExitCode {
  DONE(0, "done", "done"),
  INTERNAL_ERROR(
      1, "internal_error", "an internal error in d2s; whatever was running was rolled back"),
  USAGE(2, "usage", "the command line or a configuration file is wrong; nothing was changed"),
  REFUSED(3, "refused", "refused before anything was changed, e.g. a database cannot be reached"),
  FAILED(
      4,
      "failed",
      "failed on the way; everything was rolled back, unless the message says otherwise"),
  FINDINGS(
      5,
      "findings",
      "the loaded database does not look right; if it was being loaded, everything was rolled back"),
  PROBLEMS(
      10,
      "problems",
      "a check found errors, or the mapping files have problems; nothing was changed"),
  WARNINGS(11, "warnings", "a check found warnings and no errors; nothing was changed"),
  INTERRUPTED(
      130,
      "interrupted",
      "interrupted with Ctrl-C; everything was rolled back, unless the last line says otherwise");

  private final int number;
  private final String word;
  private final String meaning;

  ExitCode(int number, String word, String meaning) {
    this.number = number;
    this.word = word;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  /** The outcome in the result document. */
  public String word() {
    return word;
  }

  /** For the help. */
  public String meaning() {
    return meaning;
  }
}
