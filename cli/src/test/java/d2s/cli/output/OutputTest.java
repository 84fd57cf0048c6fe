package d2s.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.result.FileProblem;
import d2s.engine.result.FileProblem.Kind;
import d2s.engine.result.RunResult;
import d2s.engine.result.Skipped;
import d2s.engine.result.StepResult;
import d2s.engine.result.StoreResult;
import d2s.engine.result.UnmetExpectation;
import d2s.engine.verify.Finding;
import d2s.engine.verify.Outcome;
import d2s.engine.verify.VerificationResult;
import d2s.engine.verify.VerificationResults;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTest {

  @ParameterizedTest
  @CsvSource({"40, 0.04", "999, 1.00", "3200, 3.2", "75400, 75"})
  void writesSeconds(long millis, String text) {
    assertThat(Format.seconds(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 1 s", "89, 89 s", "90, 2 min", "3600, 60 min", "7500, 2 h 5 min"})
  void writesRemainingTime(long seconds, String text) {
    assertThat(Format.remaining(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  @Test
  void alignsATableAndFoldsItsLastColumn() {
    Table table =
        new Table(
            Table.Column.text("Name"), Table.Column.number("No."), Table.Column.text("Tables"));
    table.row("events", "1,000", "events 1,000, event_json 1,000, event_edges 12");
    table.row("a", "1", "b 1");

    assertThat(table.lines(42))
        .containsExactly(
            "Name      No.  Tables",
            "events  1,000  events 1,000,",
            "               event_json 1,000,",
            "               event_edges 12",
            "a           1  b 1");
  }

  @Test
  void sumsUpARun() {
    Map<String, Long> written = new LinkedHashMap<>();
    written.put("users", 15L);
    written.put("profiles", 14L);
    RunResult result =
        new RunResult(
            List.of(
                new StepResult("accounts", "users", 15, written, Duration.ofMillis(120)),
                new StepResult(
                    "accounts", "devices", 3, Map.of("devices", 3L), Duration.ofMillis(30))),
            List.of(),
            List.of(),
            Duration.ofMillis(1500),
            true);

    assertThat(RunReport.table(result, 100))
        .containsExactly(
            "Phase     Mapping  Seconds  Rows read  Rows written",
            "accounts  users       0.12         15  users 15, profiles 14",
            "          devices     0.03          3  devices 3",
            "Total                  1.5         18  32");
  }

  @Test
  void groupsWhatWasSkippedByItsReason() {
    List<Skipped> skipped =
        List.of(
            new Skipped("rooms", "!1:x", "has no create event"),
            new Skipped("rooms", "!2:x", "has no create event"),
            new Skipped("users", "@a:x", "is a guest"),
            new Skipped("rooms", "!3:x", "has no create event"));

    assertThat(RunReport.skipped(skipped, false, false, 80))
        .containsExactly(
            "Not carried over, 4 items:",
            "- rooms: has no create event",
            "  !1:x, !2:x, !3:x",
            "- users: is a guest",
            "  @a:x");
    assertThat(RunReport.skipped(List.of(), false, false, 80)).isEmpty();
  }

  @Test
  void namesTheFirstOfManySkippedThings() {
    List<Skipped> many = Collections.nCopies(1007, new Skipped("m", "x", "reason"));

    assertThat(RunReport.skipped(many, false, false, 80))
        .last()
        .isEqualTo("  x, x, x, x, x and 1,002 more (-v lists them)");
    assertThat(RunReport.skipped(many, false, true, 80))
        .hasSizeGreaterThan(30)
        .allMatch(line -> line.length() <= 80 && !line.contains("more"));
  }

  @Test
  void listsFindings() {
    assertThat(
            RunReport.findings(
                List.of(new UnmetExpectation("users", "every user has a profile", "@a:x"))))
        .containsExactly("1 expectation is not met:", "- users: every user has a profile: @a:x");
  }

  @Test
  void listsTheFirstFindingsOfEachVerification() {
    List<Finding> findings = Collections.nCopies(7, new Finding("$x", "is missing"));
    VerificationResults result =
        new VerificationResults(
            List.of(
                verification("events", Outcome.FAILED, "", 9, findings),
                verification("rooms", Outcome.PASSED, "", 0, List.of()),
                verification("keys", Outcome.SKIPPED, "no mapping fills keys", 0, List.of()),
                verification("users", Outcome.ERROR, "a query fails", 0, List.of()),
                verification("filters", Outcome.NO_DATA, "", 0, List.of())),
            Duration.ofSeconds(3),
            false);

    assertThat(VerificationReport.findings(result, false, 100))
        .startsWith("events: 9 things are wrong.", "- $x: is missing")
        .endsWith("- and 4 more (-v lists more of them)")
        .hasSize(7);
    assertThat(VerificationReport.findings(result, true, 100)).endsWith("- and 2 more").hasSize(9);
    assertThat(VerificationReport.table(result, 100))
        .containsExactly(
            "Verification  Seconds  Checked  Failed  Proves",
            "events            1.0    1,234       9  NOT TRUE: All is well.",
            "rooms             1.0    1,234       0  All is well.",
            "keys                -        -       -  skipped: no mapping fills keys",
            "users             1.0    1,234       0  ERROR: a query fails",
            "filters           1.0    1,234       0  nothing: there is no data to check");
    assertThat(VerificationReport.conclusion(result, false))
        .isEqualTo(
            "Not verified in 3.0 s: of 5 verifications 1 passed, 1 failed, 1 ended with an error,"
                + " 2 had no data or were skipped.");
  }

  private static VerificationResult verification(
      String name, Outcome outcome, String reason, long failed, List<Finding> findings) {
    return new VerificationResult(
        name, "All is well.", outcome, reason, 1234, failed, findings, Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "9949, 9.9 kB",
    "9999, 10 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "2500000, 2.5 MB",
    "74000000000, 74 GB",
    "9000000000000000000, 9000 PB"
  })
  void writesBytesAsPeopleReadThem(long bytes, String text) {
    assertThat(Format.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void listsWhatIsWrongWithFiles() {
    List<FileProblem> problems =
        IntStream.range(0, 8)
            .mapToObj(i -> new FileProblem(Kind.NO_FILE, "media", "row id=" + i, "p" + i, ""))
            .toList();
    StoreResult result =
        new StoreResult("media", List.of(), problems, Map.of(Kind.NO_FILE, 9L), List.of("a note"));

    assertThat(FileReport.problems(List.of(result), false))
        .startsWith("Not right with the files:", "- rows without a file: 9", "  p0, media row id=0")
        .endsWith("  and 4 more (-v lists them)")
        .hasSize(8);
    assertThat(FileReport.problems(List.of(result), true)).hasSize(11).endsWith("  and 1 more");
    assertThat(FileReport.notes(List.of(result))).containsExactly("a note");
    assertThat(result.failures()).isEqualTo(9);
  }
}
