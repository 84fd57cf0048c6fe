package d2s.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import d2s.engine.result.CheckResult;
import d2s.engine.result.FileProblem;
import d2s.engine.result.FileResult;
import d2s.engine.result.FileTally;
import d2s.engine.result.RunResult;
import d2s.engine.result.Skipped;
import d2s.engine.result.StepResult;
import d2s.engine.result.StoreResult;
import d2s.engine.verify.VerificationResult;
import d2s.engine.verify.VerificationResults;
import d2s.engine.yaml.Problem;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The document that {@code --json} prints. Its keys are documented in docs/reference/cli.md. */
public final class ResultDocument {

  private final Map<String, Object> content = new LinkedHashMap<>();

  public ResultDocument(String command) {
    content.put("command", command);
    content.put("outcome", null);
    content.put("exit_code", null);
  }

  /** Adds a value: a text, number, boolean, list or map of such. */
  public void put(String key, Object value) {
    content.put(key, value);
  }

  /** Why the command did not do what it was asked to. */
  public void reasons(List<String> reasons) {
    content.put("reasons", reasons);
  }

  public void problems(List<Problem> problems) {
    content.put("problems", problems.stream().map(ResultDocument::problem).toList());
  }

  /** Adds what checks before a run came to. */
  public void checks(List<CheckResult> results) {
    content.put(
        "checks",
        results.stream()
            .map(
                result ->
                    object(
                        "id",
                        result.id(),
                        "severity",
                        result.severity().name().toLowerCase(Locale.ROOT),
                        "what",
                        result.what(),
                        "rows",
                        result.rows(),
                        "cause",
                        result.cause(),
                        "cure",
                        result.cure()))
            .toList());
  }

  /** Adds what a run did that copied files only. */
  public void files(FileResult result, boolean dryRun) {
    content.put("dry_run", dryRun);
    content.put("seconds", seconds(result.elapsed()));
    putFiles(result.stores());
    putSkipped(result.skipped());
  }

  private void putFiles(List<StoreResult> stores) {
    content.put(
        "files",
        stores.stream()
            .flatMap(store -> store.tallies().stream())
            .map(ResultDocument::tally)
            .toList());
    Map<String, Long> counts = new LinkedHashMap<>();
    stores.forEach(
        store -> store.counts().forEach((kind, n) -> counts.merge(kind.word(), n, Long::sum)));
    content.put("file_problem_counts", counts);
    content.put(
        "file_problems",
        stores.stream()
            .flatMap(store -> store.problems().stream())
            .map(ResultDocument::fileProblem)
            .toList());
  }

  private static Map<String, Object> tally(FileTally tally) {
    return object(
        "mapping",
        tally.mapping(),
        "copied",
        tally.copied(),
        "copied_bytes",
        tally.copiedBytes(),
        "linked",
        tally.linked(),
        "linked_bytes",
        tally.linkedBytes(),
        "unchanged",
        tally.unchanged(),
        "unchanged_bytes",
        tally.unchangedBytes(),
        "failed",
        tally.failed());
  }

  private static Map<String, Object> fileProblem(FileProblem problem) {
    return object(
        "kind",
        problem.kind().word(),
        "mapping",
        problem.mapping(),
        "what",
        problem.what(),
        "path",
        problem.path(),
        "reason",
        problem.reason());
  }

  /** Adds what a run did. */
  public void run(RunResult result, boolean dryRun) {
    checks(result.checks());
    putFiles(result.stores());
    content.put("dry_run", dryRun);
    content.put("committed", result.committed());
    content.put("seconds", seconds(result.elapsed()));
    content.put("steps", result.steps().stream().map(ResultDocument::step).toList());
    putSkipped(result.skipped());
    content.put(
        "counted",
        result.counted().stream()
            .map(
                one ->
                    object(
                        "what",
                        one.many(),
                        "source",
                        one.source(),
                        "target",
                        one.target(),
                        "skipped",
                        one.skipped()))
            .toList());
    content.put(
        "findings",
        result.findings().stream()
            .map(
                finding ->
                    object(
                        "mapping",
                        finding.mapping(),
                        "expectation",
                        finding.expectation(),
                        "text",
                        finding.text()))
            .toList());
  }

  private void putSkipped(List<Skipped> all) {
    content.put(
        "skipped",
        all.stream()
            .map(
                skipped ->
                    object(
                        "mapping",
                        skipped.mapping(),
                        "what",
                        skipped.what(),
                        "reason",
                        skipped.reason()))
            .toList());
  }

  /** Adds what verifications came to. */
  public void verifications(VerificationResults result) {
    content.put("seconds", seconds(result.elapsed()));
    content.put("used", result.used());
    content.put(
        "verifications", result.results().stream().map(ResultDocument::verification).toList());
  }

  /** What was added until now. */
  public Map<String, Object> content() {
    return Collections.unmodifiableMap(content);
  }

  /** The document as text. */
  public String finish(String outcome, int exitCode, List<String> notes) {
    content.put("outcome", outcome);
    content.put("exit_code", exitCode);
    content.put("notes", notes);
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts, numbers, lists and maps can always be written", e);
    }
  }

  private static Map<String, Object> step(StepResult step) {
    return object(
        "phase",
        step.phase(),
        "mapping",
        step.mapping(),
        "rows_read",
        step.rowsRead(),
        "rows_written",
        step.rowsWritten(),
        "seconds",
        seconds(step.elapsed()));
  }

  private static Map<String, Object> verification(VerificationResult verification) {
    return object(
        "name",
        verification.name(),
        "proves",
        verification.proves(),
        "outcome",
        verification.outcome().name().toLowerCase(Locale.ROOT),
        "reason",
        verification.reason(),
        "checked",
        verification.checked(),
        "failed",
        verification.failed(),
        "findings",
        verification.findings().stream()
            .map(finding -> object("what", finding.what(), "reason", finding.reason()))
            .toList(),
        "noted",
        verification.noted(),
        "notes",
        verification.notes().stream()
            .map(note -> object("what", note.what(), "reason", note.reason()))
            .toList(),
        "seconds",
        seconds(verification.elapsed()));
  }

  private static Map<String, Object> problem(Problem problem) {
    return object(
        "file",
        problem.at().source().name(),
        "line",
        problem.at().line(),
        "column",
        problem.at().column(),
        "message",
        problem.message());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static Map<String, Object> object(Object... keysAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return object;
  }
}
