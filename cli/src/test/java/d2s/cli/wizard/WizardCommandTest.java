package d2s.cli.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.framework.Context;
import d2s.cli.framework.Environment;
import d2s.cli.output.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The conversation; the commands themselves are counted, not run. {@code WizardIT} runs them. */
class WizardCommandTest {

  @TempDir private Path root;
  private Path yaml;

  /** The commands that ran, and how the next ones end; 0 when nothing is said. */
  private final List<String> commands = new ArrayList<>();

  private final Deque<Integer> exitCodes = new ArrayDeque<>();

  private record Talk(int exitCode, String out) {}

  @BeforeEach
  void create() throws IOException {
    yaml = root.resolve("etc/dendrite/dendrite.yaml");
    Files.createDirectories(yaml.getParent());
    Files.createDirectories(root.resolve("etc/matrix-synapse"));
    Files.writeString(yaml, "global: { server_name: example.org }\n");
  }

  @Test
  void findsTheConfigurationAndRunsWhatOneAgreesTo() {
    Talk talk = talk("\n\n\n\n\n\n" + "y\n".repeat(18));

    assertThat(talk.exitCode()).isZero();
    assertThat(talk.out()).contains("[" + yaml + "]", "Step 18 of 18", "That was the last step.");
    assertThat(commands)
        .extracting(line -> line.split(" ")[0])
        .containsExactly(
            "keys", "config", "check", "media", "migrate", "migrate", "verify", "keys");
    String homeserver = root + "/etc/matrix-synapse/homeserver.yaml";
    assertThat(commands.get(4))
        .isEqualTo(
            "migrate --dendrite-config "
                + yaml
                + " --synapse-config "
                + homeserver
                + " --dendrite-media-path "
                + root
                + "/var/lib/dendrite/media --synapse-media-path "
                + root
                + "/var/lib/matrix-synapse/media --dry-run");
    assertThat(talk.out())
        .contains("d2s migrate --dendrite-config " + yaml)
        .contains("--synapse-db 'host=localhost port=5432 dbname=synapse user=synapse'");
  }

  @Test
  void runsNothingWithoutAYes() {
    Talk talk = talk("\n\n\n\n\n\n" + "skip\n".repeat(18));

    assertThat(commands).isEmpty();
    assertThat(talk.out()).contains("That was the last step.");
    assertThat(talk("yes\nmaybe\nq\n").out())
        .contains("Please answer with one of the words.", "Stopped.");
    assertThat(commands).isEmpty();
  }

  @Test
  void warningsStopNobody() {
    exitCodes.addAll(List.of(0, 0, 11));

    assertThat(talk("\n\n\n\n\n\n" + "y\n".repeat(18)).out()).contains("That was the last step.");
  }

  @Test
  void goesOnAfterAnInterruption() {
    Talk stopped = talk("\n\n\n\n\n\ny\ny\ny\nq\n");
    assertThat(stopped.out()).contains("Stopped. \"d2s wizard\" goes on here");
    assertThat(commands).hasSize(2);

    Talk ended = talk("yes\n");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out())
        .contains("You were here before", "Step 4 of 18")
        .doesNotContain("Step 3");

    Talk rest = talk("y\n" + "y\n".repeat(15));
    assertThat(rest.out())
        .contains("That was the last step.")
        .doesNotContain("Where is Dendrite's");
    assertThat(commands).hasSize(8);
  }

  @Test
  void canBeginAnew() {
    talk("\n\n\n\n\n\ny\nq\n");

    assertThat(talk("new\n\n\n\n\n\n\nq\n").out()).contains("Where is Dendrite's", "Step 1 of 18");
  }

  @Test
  void stopsAtACommandThatFails() {
    exitCodes.addAll(List.of(2, 0));

    Talk talk = talk("\n\n\n\n\n\nskip\ny\nyes\nq\n");

    assertThat(talk.out()).contains("That ended with exit code 2", "Try again?", "Step 3 of 18");
    assertThat(commands).hasSize(2).allMatch(line -> line.startsWith("keys"));
  }

  @Test
  void takesNoPasswordAndNoWrongPath() throws IOException {
    Talk talk =
        talk("/nonexistent.yaml\n\n\n/none\n\ndbname=s password=s3cr3t\nhost=\u00a7 =\n\n\n\nq\n");

    assertThat(talk.out())
        .contains("There is no file /nonexistent.yaml", "There is no folder /none")
        .contains("Without the password, please", "That is no connection")
        .contains("Step 1 of 18");
    assertThat(Files.readString(root.resolve("state"))).doesNotContain("s3cr3t");
  }

  private Talk talk(String answers) {
    StringWriter out = new StringWriter();
    Context context =
        new Context(
            new Terminal(new PrintWriter(out), new PrintWriter(out), false, 120),
            new Environment(Map.of(), "somebody", Path.of("/nonexistent"), List.of()));
    WizardCommand wizard =
        new WizardCommand(
            context,
            new BufferedReader(new StringReader(answers)),
            root,
            arguments -> {
              commands.add(String.join(" ", arguments));
              return exitCodes.isEmpty() ? 0 : exitCodes.poll();
            });
    CommandLine d2s = new CommandLine(CommandLine.Model.CommandSpec.create().name("d2s"));
    d2s.addSubcommand(wizard);
    int exitCode = d2s.execute("wizard", "--state", root.resolve("state").toString());
    return new Talk(exitCode, out.toString());
  }
}
