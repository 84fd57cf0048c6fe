package d2s.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.result.StepResult;
import d2s.engine.result.StoreResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

  private static final String CLEAR = "\u001b[K";

  private final StringWriter text = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();

  private ProgressDisplay display(boolean interactive, boolean everyMapping, int width) {
    PrintWriter writer = new PrintWriter(text, true);
    return new ProgressDisplay(
        new Terminal(writer, writer, interactive, width), everyMapping, nanos::get);
  }

  private void passSeconds(long seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private static StepResult step(String phase, String mapping, long rows) {
    return new StepResult(phase, mapping, rows, Map.of("t", rows), Duration.ofSeconds(2));
  }

  @Test
  void redrawsOneLineOnATerminal() {
    ProgressDisplay display = display(true, false, 120);
    display.starting("events", "event_json", 10_000);
    display.advanced("event_json", 2_500);
    passSeconds(5);
    display.draw();

    assertThat(text)
        .hasToString(
            "\revents: event_json  [#####...............] 25 %  2,500 of about 10,000 rows"
                + "  500 rows/s  15 s left"
                + CLEAR);
  }

  @Test
  void cutsTheLineToTheTerminal() {
    ProgressDisplay display = display(true, false, 32);
    display.starting("events", "event_json", 10_000);
    display.draw();

    assertThat(text).hasToString("\revents: event_json  [.........." + CLEAR);
  }

  @Test
  void writesPlainLinesElsewhere() {
    ProgressDisplay display = display(false, false, 120);
    display.planned(Map.of("events", 1, "rooms", 2));
    display.starting("events", "event_json", -1);
    display.advanced("event_json", 4_000);
    passSeconds(2);
    display.draw();
    display.finished(step("events", "event_json", 5_000));
    passSeconds(1);
    display.draw();
    display.starting("rooms", "aliases", 3);
    display.finished(step("rooms", "aliases", 3));
    display.close();

    assertThat(text.toString().lines())
        .containsExactly(
            "events: event_json  4,000 rows  2,000 rows/s",
            "events: 1 mapping, 5,000 rows in 2.0 s",
            "rooms: 1 mapping, 3 rows in 0.00 s");
  }

  @Test
  void showsIndexesOnlyWhileNoMappingRuns() {
    ProgressDisplay display = display(false, false, 120);
    display.planned(Map.of("rooms", 1));
    display.starting("rooms", "aliases", -1);
    display.building("events");
    display.draw();
    display.finished(step("rooms", "aliases", 3));
    display.draw();
    display.built();
    display.draw();

    assertThat(text.toString().lines())
        .containsExactly(
            "rooms: aliases  0 rows", "rooms: 1 mapping, 3 rows in 0.00 s", "indexes: events");
  }

  @Test
  void showsTheMappingThatHasRunForLongest() {
    ProgressDisplay display = display(false, false, 120);
    display.planned(Map.of("events", 2, "rooms", 1));
    display.starting("events", "event_json", -1);
    display.starting("rooms", "aliases", 3);
    display.starting("events", "edges", -1);
    passSeconds(1);
    display.advanced("aliases", 2);
    display.draw();
    display.finished(step("events", "event_json", 10));
    display.draw();
    display.finished(step("rooms", "aliases", 3));
    display.draw();
    display.finished(step("events", "edges", 20));
    display.draw();
    display.close();

    assertThat(text.toString().lines())
        .containsExactly(
            "events: event_json  0 rows",
            "rooms: aliases  66 %  2 of about 3 rows  2 rows/s  1 s left",
            "rooms: 1 mapping, 3 rows in 1.0 s",
            "events: edges  0 rows",
            "events: 2 mappings, 30 rows in 1.0 s");
  }

  @Test
  void showsFilesInBytes() {
    ProgressDisplay display = display(true, false, 120);
    display.startingFiles("media", 4_000_000_000L);
    passSeconds(10);
    display.copied(1_234, 1_000_000_000L);
    display.draw();
    display.finishedFiles(new StoreResult("media", List.of(), List.of(), Map.of(), List.of()));
    display.close();

    assertThat(text)
        .hasToString(
            "\rmedia: files  [#####...............] 25 %  1.0 GB of about 4.0 GB  1,234 files"
                + "  100 MB/s  30 s left"
                + CLEAR
                + "\r"
                + CLEAR
                + "media: 1,234 files, 1.0 GB in 10.0 s"
                + System.lineSeparator());
  }

  @Test
  void neverClaimsToBeDoneWhenTheEstimateIsTooLow() {
    ProgressDisplay display = display(false, false, 120);
    display.starting("events", "event_json", 100);
    display.advanced("event_json", 250);
    passSeconds(1);
    display.draw();

    assertThat(text.toString().strip())
        .isEqualTo("events: event_json  99 %  250 of about 100 rows  250 rows/s");
  }

  @Test
  void tellsEveryMappingWhenAsked() {
    ProgressDisplay display = display(true, true, 120);
    display.starting("rooms", "aliases", 3);
    display.draw();
    display.finished(step("rooms", "aliases", 3));

    assertThat(text.toString())
        .endsWith("\r" + CLEAR + "rooms: aliases: 3 rows read, 3 written in 2.0 s\n");
  }

  @Test
  void saysNothingAboutARunThatDidNotStart() {
    ProgressDisplay display = display(true, false, 120);
    display.close();

    assertThat(text).hasToString("");
  }
}
