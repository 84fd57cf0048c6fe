package d2s.cli.output;

import d2s.engine.verify.Finding;
import d2s.engine.verify.Outcome;
import d2s.engine.verify.VerificationResult;
import d2s.engine.verify.VerificationResults;
import java.util.ArrayList;
import java.util.List;

/** The result of verifications for people: a table of them, and what is wrong. */
public final class VerificationReport {

  private static final int USUAL_FLAWS = 5;

  private VerificationReport() {}

  /** One row per verification. */
  public static List<String> table(VerificationResults result, int width) {
    Table table =
        new Table(
            Table.Column.text("Verification"),
            Table.Column.number("Seconds"),
            Table.Column.number("Looked at"),
            Table.Column.number("Wrong"),
            Table.Column.text("Proves"));
    for (VerificationResult verdict : result.verdicts()) {
      boolean asked = verdict.outcome() != Outcome.LEFT_OUT;
      table.row(
          verdict.name(),
          asked ? Format.seconds(verdict.elapsed()) : "-",
          asked ? Format.count(verdict.looked()) : "-",
          asked ? Format.count(verdict.wrong()) : "-",
          words(verdict));
    }
    return table.lines(width);
  }

  private static String words(VerificationResult verdict) {
    return switch (verdict.outcome()) {
      case RIGHT -> verdict.proves();
      case WRONG -> "NOT TRUE: " + verdict.proves();
      case NOTHING_THERE -> "nothing: there is nothing to look at";
      case LEFT_OUT -> "left out: " + verdict.reason();
      case FAILED -> "nothing: it FAILED, because " + verdict.reason();
    };
  }

  /**
   * What is wrong, by verification.
   *
   * @param all whether every flaw that is known is listed, or the first few only
   */
  public static List<String> flaws(VerificationResults result, boolean all) {
    List<String> lines = new ArrayList<>();
    for (VerificationResult verdict : result.verdicts()) {
      if (verdict.outcome() == Outcome.WRONG) {
        lines.add(
            verdict.name()
                + ": "
                + Format.count(verdict.wrong(), "thing is", "things are")
                + " wrong.");
        int shown = all ? verdict.flaws().size() : Math.min(USUAL_FLAWS, verdict.flaws().size());
        for (Finding flaw : verdict.flaws().subList(0, shown)) {
          lines.add("- " + flaw.what() + ": " + flaw.wrong());
        }
        if (shown < verdict.wrong()) {
          String hint = shown < verdict.flaws().size() ? " (-v lists more of them)" : "";
          lines.add("- and " + Format.count(verdict.wrong() - shown) + " more" + hint);
        }
      }
    }
    return lines;
  }

  /** The whole in one sentence. */
  public static String conclusion(VerificationResults result) {
    long wrong = count(result, Outcome.WRONG);
    long failed = count(result, Outcome.FAILED);
    long silent = count(result, Outcome.NOTHING_THERE) + count(result, Outcome.LEFT_OUT);
    String all =
        " in "
            + Format.seconds(result.elapsed())
            + " s: of "
            + Format.count(result.verdicts().size(), "verification", "verifications")
            + " "
            + count(result, Outcome.RIGHT)
            + " found everything right, "
            + wrong
            + " found something wrong, "
            + failed
            + " failed, "
            + silent
            + " had nothing to look at.";
    return (result.isRight() ? "Right" : "Not right") + all;
  }

  private static long count(VerificationResults result, Outcome outcome) {
    return result.verdicts().stream().filter(verdict -> verdict.outcome() == outcome).count();
  }
}
