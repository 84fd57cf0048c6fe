package d2s.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.result.CheckResult;
import d2s.engine.result.Progress;
import d2s.engine.result.StepResult;
import d2s.engine.result.StoreResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressDisplayTest {

  private static final String CLEAR = "\u001b[K";
  private static final Pattern PERCENT = Pattern.compile("(\\d+) %");

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

  /** A whole run whose statistics are wrong both ways. */
  private void runAll(ProgressDisplay display) {
    display.planned(Map.of("events", 2, "rooms", 1));
    display.plannedSteps(
        Map.of(
            "event_json", new Progress.PlannedStep(10_000, Set.of("events", "event_json")),
            "edges", new Progress.PlannedStep(30_000, Set.of("event_edges")),
            "aliases", new Progress.PlannedStep(-1, Set.of("room_aliases"))));
    display.startingFiles("media", 5_000_000);
    display.draw();
    for (int i = 1; i <= 3; i++) {
      passSeconds(1);
      display.copied(i * 100L, i * 2_000_000L);
      display.draw();
    }
    display.finishedFiles(new StoreResult("media", List.of(), List.of(), Map.of(), List.of()));
    display.plannedIndexes(Map.of("events", 4));
    display.starting("events", "event_json", 10_000);
    for (int i = 1; i <= 10; i++) {
      passSeconds(1);
      display.advanced("event_json", i * 3_000L);
      display.draw();
    }
    display.finished(step("events", "event_json", 30_000));
    display.starting("events", "edges", 30_000);
    display.starting("rooms", "aliases", -1);
    passSeconds(5);
    display.advanced("edges", 4_321);
    display.draw();
    display.finished(step("events", "edges", 4_321));
    display.draw();
    display.finished(step("rooms", "aliases", 3));
    for (int i = 0; i < 4; i++) {
      display.building("events");
      passSeconds(2);
      display.draw();
      display.built("events");
    }
    display.built();
    display.checkingLoad();
    passSeconds(2);
    display.draw();
    display.checkedLoad();
    display.draw();
    display.close();
  }

  private List<Integer> percents() {
    List<Integer> percents = new ArrayList<>();
    Matcher matcher = PERCENT.matcher(text.toString());
    while (matcher.find()) {
      percents.add(Integer.parseInt(matcher.group(1)));
    }
    return percents;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneBarForTheWholeNeverGoesBackAndIsNotFullBeforeTheEnd(boolean interactive) {
    runAll(display(interactive, false, 100));

    assertThat(percents()).hasSizeGreaterThan(15).isSorted().allMatch(percent -> percent < 100);
    assertThat(percents().get(0)).isLessThan(10);
    assertThat(percents().get(percents().size() - 1)).isGreaterThan(85);
    // Most of the time the figure moves.
    assertThat(percents().stream().distinct().count()).isGreaterThan(10);
    assertThat(text.toString())
        .contains("left", "media: 2.0 MB of about 5.0 MB, 100 files", "indexes of events")
        .contains("checking what was loaded");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 60, 80, 100, 200})
  void aLineFitsTheTerminalAndItsPartsAreWhole(int width) {
    runAll(display(true, false, width));

    for (String line : text.toString().split("\r")) {
      String shown = line.replace(CLEAR, "").lines().findFirst().orElse("");
      assertThat(shown.length()).isLessThanOrEqualTo(Math.max(width, 40));
      if (shown.startsWith("[")) {
        assertThat(shown.length()).isLessThan(width);
        assertThat(shown).containsPattern("^\\[[#.]+\\]  \\d+ %( |$)");
      }
    }
    if (width >= 80) {
      assertThat(text.toString())
          .containsPattern("\\d+ %  \\d+ s left  events, event_json: [0-9,]+ rows");
    }
  }

  @Test
  void writesPlainLinesElsewhere() {
    runAll(display(false, false, 80));

    assertThat(text.toString()).doesNotContain("\u001b", "\r", "[#");
    assertThat(text.toString().lines())
        .contains("events: 2 mappings, 34,321 rows in 15.0 s")
        .contains("media: 300 files, 6.0 MB in 3.0 s");
  }

  @Test
  void saysThatItChecksBeforeItBegins() {
    ProgressDisplay display = display(true, false, 80);
    display.checking();
    display.draw();
    display.checked(List.of());
    display.draw();

    assertThat(text).hasToString("\rchecking both databases" + CLEAR);
  }

  /** Files, an index that takes half of the load, and pieces that were not measured. */
  @Test
  void theTimeThatIsLeftIsTrueWhereTheCostsAre() {
    ProgressDisplay display = display(true, false, 100);
    Costs costs = Costs.learned();
    long rows = 10_000_000;
    double step = costs.leastOfStep() + rows * costs.step("unheard_of", 1).perRow();
    double index = rows * costs.indexes("unheard_of", 4);
    double check = rows * costs.checks();
    double seconds = 60 / (step + index + check);
    display.plannedSteps(
        Map.of("unheard_of", new Progress.PlannedStep(rows, Set.of("unheard_of"))));
    display.plannedIndexes(Map.of("unheard_of", 4));
    display.starting("events", "unheard_of", rows);
    passSeconds(Math.round(step * seconds / 2));
    display.advanced("unheard_of", rows / 2);
    display.draw();

    Matcher left = Pattern.compile("(\\d+) s left").matcher(text.toString());
    assertThat(left.find()).isTrue();
    assertThat(Double.parseDouble(left.group(1)))
        .isCloseTo(60 - step * seconds / 2, Offset.offset(4.0));
    display.finished(step("events", "unheard_of", rows));
    passSeconds(Math.round(step * seconds / 2 + index * seconds / 2));
    display.building("unheard_of");
    display.built("unheard_of");
    display.building("unheard_of");
    display.built("unheard_of");
    text.getBuffer().setLength(0);
    display.building("unheard_of");
    display.draw();

    left = Pattern.compile("(\\d+) s left").matcher(text.toString());
    assertThat(left.find()).isTrue();
    assertThat(Double.parseDouble(left.group(1)))
        .isCloseTo(60 - step * seconds - index * seconds / 2, Offset.offset(4.0));
  }

  @Test
  void withoutAPlanOnlyWhatIsKnownIsSaid() {
    ProgressDisplay display = display(true, false, 80);
    display.startingFiles("media", -1);
    display.copied(12, 1_000_000);
    display.draw();

    assertThat(text).hasToString("\rmedia: 1.0 MB, 12 files" + CLEAR);
  }

  @Test
  void tellsEveryMappingWhenAsked() {
    ProgressDisplay display = display(true, true, 120);
    display.starting("rooms", "aliases", 3);
    display.draw();
    display.finished(step("rooms", "aliases", 3));

    assertThat(text.toString()).contains("rooms: aliases: 3 rows read, 3 written in 2.0 s\n");
  }

  @Test
  void warnsBeforeItBegins() {
    display(false, false, 80)
        .checked(
            List.of(
                CheckResult.ok("a", "fine"),
                CheckResult.warning(
                    "case-twins", "There are \u001b[2J twins.", List.of(), "", "")));

    assertThat(text).hasToString("Warning: There are \\u001b[2J twins. [case-twins]\n");
  }

  @Test
  void saysNothingAboutARunThatDidNotStart() {
    ProgressDisplay display = display(true, false, 120);
    display.close();

    assertThat(text).hasToString("");
  }
}
