package d2s.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.browser.Browser.Step;
import d2s.cli.report.ReportFolder;
import d2s.engine.result.CheckResult;
import d2s.engine.result.Counted;
import d2s.engine.result.RunResult;
import d2s.engine.result.Skipped;
import d2s.engine.result.StepResult;
import d2s.engine.verify.Finding;
import d2s.engine.verify.Outcome;
import d2s.engine.verify.VerificationResult;
import d2s.engine.verify.VerificationResults;
import d2s.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** report.html as a migration writes it, and as a verification completes it. */
class ReportIT {

  /** As long as a room can be named without a space, and with all that is markup. */
  private static final String LONG = "#<b>&\"'" + "x".repeat(240) + ":example.org";

  private Browser browser;

  @BeforeEach
  void open() throws IOException, InterruptedException {
    browser = Browser.get();
  }

  private static RunResult run(boolean committed) {
    List<Skipped> skipped = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      skipped.add(new Skipped("aliases", "#room-" + i + ":example.org", "the room is not here"));
    }
    skipped.add(new Skipped("aliases", LONG, "its room is " + LONG));
    return new RunResult(
        List.of(),
        List.of(
            new StepResult("accounts", "users", 15, Map.of("users", 15L), Duration.ofMillis(120)),
            new StepResult(
                "events",
                "events",
                123_456_789,
                Map.of("events", 123_456_789L, "event_json", 123_456_789L),
                Duration.ofSeconds(2000)),
            new StepResult(
                "userdata",
                "notifications_without_event",
                203_171,
                Map.of("device_federation_outbox", 203_171L),
                Duration.ofSeconds(4)),
            new StepResult(
                "state", "room_state", 0, Map.of("state_groups", 300L), Duration.ofSeconds(1))),
        skipped,
        List.of(),
        List.of(
            CheckResult.ok("passwords", "fine"),
            CheckResult.warning("guests", "There are guests.", List.of(LONG), "Why.", "Do this.")),
        List.of(
            new Counted("account", "accounts", 15, 15, 0),
            new Counted("event", "events", 123_456_789, 123_456_700, 89)),
        Duration.ofMillis(2_005_800),
        committed);
  }

  private static VerificationResults verified() {
    return new VerificationResults(
        List.of(
            new VerificationResult(
                "events",
                "Every event is there",
                Outcome.PASSED,
                "",
                123_456_789,
                0,
                List.of(),
                Duration.ofSeconds(1)),
            new VerificationResult(
                "aliases",
                "Every alias is there",
                Outcome.FAILED,
                "",
                3,
                1,
                List.of(new Finding(LONG, "is missing")),
                Duration.ofSeconds(1))),
        Duration.ofSeconds(2),
        false);
  }

  @Test
  void canBeReadByEverybody() throws IOException, InterruptedException {
    Path folder = TestDirectory.empty(Path.of("target", "report"));
    Path migrated =
        new ReportFolder(folder.resolve("migrated"))
            .writeMigration("database dendrite on a", "database synapse on b", run(true), false);
    Path dryRun =
        new ReportFolder(folder.resolve("dry-run")).writeMigration("a", "b", run(false), true);
    ReportFolder both = new ReportFolder(folder.resolve("verified"));
    both.writeMigration("a", "b", run(true), false);
    Path verified = both.addVerification(verified());

    JsonNode answer =
        browser.look(
            List.of(migrated, dryRun, verified),
            List.of(),
            List.of(
                new Step("open", Browser.url(verified)),
                new Step("texts", "th[scope=row]"),
                new Step("texts", "h1")),
            folder);

    PageAssertions.assertGood(answer, 6);
    for (JsonNode page : answer.path("pages")) {
      assertThat(page.path("broken")).as(page.path("url").asText()).isEmpty();
      assertThat(page.path("print").path("broken")).as("printed").isEmpty();
      assertThat(page.path("print").path("overflow").asInt()).as("printed").isZero();
    }
    // A name of a user is text, whatever it holds.
    assertThat(answer.path("answers").get(1).toString()).contains("aliases");
    assertThat(answer.path("answers").get(2)).hasSize(1);
  }
}
