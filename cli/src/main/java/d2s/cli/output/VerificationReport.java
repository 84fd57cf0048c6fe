package d2s.cli.output;

import d2s.engine.verify.Finding;
import d2s.engine.verify.Outcome;
import d2s.engine.verify.VerificationResult;
import d2s.engine.verify.VerificationResults;
import java.util.ArrayList;
import java.util.List;

/** The result of verifications for people: a table of them, and what is wrong. */
public final class VerificationReport {

  private static final int USUAL_FINDINGS = 5;

  private VerificationReport() {}

  /** One row per verification. */
  public static List<String> table(VerificationResults result, int width) {
    Table table =
        new Table(
            Table.Column.text("Verification"),
            Table.Column.number("Seconds"),
            Table.Column.number("Checked"),
            Table.Column.number("Failed"),
            Table.Column.text("Proves"));
    for (VerificationResult verification : result.results()) {
      boolean ran = verification.outcome() != Outcome.SKIPPED;
      table.row(
          verification.name(),
          ran ? Format.seconds(verification.elapsed()) : "-",
          ran ? Format.count(verification.checked()) : "-",
          ran ? Format.count(verification.failed()) : "-",
          words(verification));
    }
    return table.lines(width);
  }

  private static String words(VerificationResult verification) {
    return switch (verification.outcome()) {
      case PASSED -> verification.proves();
      case FAILED -> "NOT TRUE: " + verification.proves();
      case NO_DATA -> "nothing: there is no data to check";
      case SKIPPED -> "skipped: " + verification.reason();
      case ERROR -> "ERROR: " + verification.reason();
    };
  }

  /**
   * What is wrong, by verification.
   *
   * @param all whether every finding that is at hand is listed, or the first few only
   */
  public static List<String> findings(VerificationResults result, boolean all, int width) {
    List<String> lines = new ArrayList<>();
    for (VerificationResult verification : result.results()) {
      List<Finding> findings = verification.findings();
      long failed = verification.failed();
      if (failed > 0) {
        lines.add(
            verification.name()
                + ": "
                + Format.count(failed, "thing is", "things are")
                + " wrong.");
        int shown = all ? findings.size() : Math.min(USUAL_FINDINGS, findings.size());
        for (Finding finding : findings.subList(0, shown)) {
          lines.addAll(Paragraph.wrap(finding.what() + ": " + finding.reason(), "- ", "  ", width));
        }
        if (shown < failed) {
          String hint = shown < findings.size() ? " (-v lists more of them)" : "";
          lines.add("- and " + Format.count(failed - shown) + " more" + hint);
        }
      }
    }
    return lines;
  }

  /** As above, each on one line. */
  public static List<String> findings(VerificationResults result, boolean all) {
    return findings(result, all, Integer.MAX_VALUE);
  }

  /**
   * What differs rightly, because Dendrite's data are damaged there, by verification.
   *
   * @param all whether every note that is known is listed, or the first few only
   */
  public static List<String> notes(VerificationResults result, boolean all) {
    List<String> lines = new ArrayList<>();
    for (VerificationResult verification : result.results()) {
      if (verification.noted() > 0) {
        lines.add(
            "Note: "
                + verification.name()
                + ": "
                + Format.count(verification.noted(), "thing is", "things are")
                + " damaged in Dendrite, and left out or repaired for it.");
        int shown =
            all
                ? verification.notes().size()
                : Math.min(USUAL_FINDINGS, verification.notes().size());
        for (Finding note : verification.notes().subList(0, shown)) {
          lines.add("- " + note.what() + ": " + note.reason());
        }
        if (shown < verification.noted()) {
          String hint = shown < verification.notes().size() ? " (-v lists more of them)" : "";
          lines.add("- and " + Format.count(verification.noted() - shown) + " more" + hint);
        }
      }
    }
    return lines;
  }

  /** As below. */
  public static String conclusion(VerificationResults result) {
    return conclusion(result, result.passed());
  }

  /** The whole in one sentence. */
  public static String conclusion(VerificationResults result, boolean right) {
    long failed = count(result, Outcome.FAILED);
    long errors = count(result, Outcome.ERROR);
    long withoutData = count(result, Outcome.NO_DATA) + count(result, Outcome.SKIPPED);
    String all =
        " in "
            + Format.seconds(result.elapsed())
            + " s: of "
            + Format.count(result.results().size(), "verification", "verifications")
            + " "
            + count(result, Outcome.PASSED)
            + " passed, "
            + failed
            + " failed, "
            + errors
            + " ended with an error, "
            + withoutData
            + " had no data or were skipped.";
    return (right ? "Verified" : "Not verified") + all;
  }

  private static long count(VerificationResults result, Outcome outcome) {
    return result.results().stream()
        .filter(verification -> verification.outcome() == outcome)
        .count();
  }
}
