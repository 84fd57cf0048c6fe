package d2s.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.result.CheckResult;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At every width the same words are there, and each is whole. */
class NarrowTerminalTest {

  private static Set<String> words(List<String> lines) {
    Set<String> words = new TreeSet<>();
    lines.forEach(line -> words.addAll(Arrays.asList(line.strip().split("[ ,]+"))));
    words.remove("");
    return words;
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 30, 40, 60, 80, 100, 120, 200})
  void aTableBreaksNoWord(int width) {
    Table table =
        new Table(
            Table.Column.text("Phase"),
            Table.Column.text("Mapping"),
            Table.Column.number("Seconds"),
            Table.Column.number("Rows"),
            Table.Column.text("Written"));
    table.row(
        "state", "room_state", "0.5", "51,485", "event_to_state_groups 51,485, state_groups 539");
    table.row("events", "events", "12", "1,089", "event_txn_id_device_id 43,539");

    List<String> lines = table.lines(width);

    assertThat(words(lines))
        .contains(
            "event_to_state_groups",
            "51,485".split(",")[0],
            "event_txn_id_device_id",
            "room_state");
    assertThat(String.join("\n", lines)).contains("51,485", "43,539", "1,089");
    int longest = "event_txn_id_device_id".length() + 4;
    assertThat(lines).allMatch(line -> line.length() <= Math.max(width, longest));
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 80, 200})
  void aFindingBreaksNoWord(int width) {
    CheckResult result =
        CheckResult.error(
            "synapse-stopped",
            "Synapse seems to be running: somebody else is connected.",
            List.of("process 23528 of the user synapse"),
            "Clients log out and throw their keys away.",
            "systemctl stop matrix-synapse");

    CheckReport.Entry entry = CheckReport.entries(List.of(result), false, width).get(0);

    assertThat(words(entry.lines()))
        .contains("[synapse-stopped]", "23528", "matrix-synapse", "keys", "Why:", "Do:");
    assertThat(entry.lines()).allMatch(line -> line.length() <= Math.max(width, 40));
  }
}
