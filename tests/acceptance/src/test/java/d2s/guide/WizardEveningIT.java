package d2s.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A whole migration with {@code d2s wizard} at a terminal, to a Synapse that serves everybody. The
 * terminal is lost once. What the wizard leaves to a person is done as the guide says.
 */
@Tag("synapse")
class WizardEveningIT {

  private static final Pattern STEP = Pattern.compile("Step \\d+ of \\d+ \\(guide, (\\d+)\\)");
  private static final Pattern NUMBERED = Pattern.compile("(?m)^### (\\d+)\\. ");
  private static final int LOST_AT = 11;

  private final Page guide = Page.guide("migrating.md");
  private Path screen;
  private Process wizard;
  private int read;

  @Test
  void leadsThroughTheWholeEvening() throws Exception {
    try (Evening evening = Evening.begin(Path.of("target", "wizard"))) {
      start(evening, 1);
      for (String answer :
          List.of(
              "/etc/dendrite/dendrite.yaml",
              "",
              "/etc/matrix-synapse",
              "",
              "/var/lib/matrix-synapse/media",
              "http://localhost:8008")) {
        question();
        type(evening.here(answer));
      }
      boolean lost = false;
      String shown = question();
      while (!shown.contains("That was the last step.")) {
        int step = step(shown);
        if (step == LOST_AT && !lost) {
          lost = true;
          lose();
          start(evening, 2);
          assertThat(question()).contains("You were here before");
          type("yes");
        } else {
          assertThat(shown).doesNotContain("Try again?");
          if (shown.endsWith("Is that done? yes, skip, quit > ")) {
            byHand(step, evening);
          }
          type("yes");
        }
        shown = question();
      }
      assertThat(wizard.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(wizard.exitValue()).isZero();
      assertThat(lost).isTrue();
      GuideIT.assertEverybodyIsStillLoggedIn(evening);
      assertThat(evening.synapseLog()).doesNotContain(" - ERROR - ");
    } finally {
      if (wizard != null) {
        lose();
      }
    }
  }

  private void start(Evening evening, int time) throws IOException {
    screen = Path.of("target", "wizard-screen-" + time + ".log").toAbsolutePath();
    read = 0;
    wizard = evening.atTerminal("d2s wizard", screen);
  }

  /** The terminal is gone, and with it all that ran at it. */
  private void lose() {
    wizard.descendants().forEach(ProcessHandle::destroyForcibly);
    wizard.destroyForcibly();
  }

  /** What the guide says of a step, but for the commands that the wizard runs itself. */
  private void byHand(int step, Evening evening) throws IOException, InterruptedException {
    for (Page.Block block : guide.blocks()) {
      if (block.isShell() && number(block) == step && !block.text().startsWith("d2s ")) {
        evening.run(guide, block);
      }
    }
  }

  private int number(Page.Block block) {
    String above =
        guide.text().lines().limit(block.line()).reduce("", (all, line) -> all + line + "\n");
    return last(NUMBERED, above);
  }

  private static int step(String shown) {
    return last(STEP, shown);
  }

  private static int last(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> Integer.valueOf(found.group(1)))
        .reduce(-1, (first, second) -> second);
  }

  /** What has come onto the screen since the last answer, up to the next question or the end. */
  private String question() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(3));
    while (true) {
      String all = Files.readString(screen);
      String shown = all.substring(Math.min(read, all.length()));
      if (shown.endsWith("> ") || shown.contains("That was the last step.")) {
        read = all.length();
        return shown;
      }
      assertThat(Instant.now()).as(all).isBefore(end);
      assertThat(wizard.isAlive()).as(all).isTrue();
      Thread.sleep(100);
    }
  }

  private void type(String answer) throws IOException {
    OutputStream keyboard = wizard.getOutputStream();
    keyboard.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }
}
