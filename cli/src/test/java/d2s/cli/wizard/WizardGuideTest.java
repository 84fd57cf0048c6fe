package d2s.cli.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wizard and the guide have the same steps in the same order, with the same commands. */
class WizardGuideTest {

  private static final Pattern STEP = Pattern.compile("(?ms)^### (\\d+)\\. .*?(?=^##|\\z)");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

  /** What opens the terminal in which the wizard runs. */
  private static final int TERMINAL = 1;

  @TempDir private Path directory;

  @Test
  void sayTheSame() throws Exception {
    Map<Integer, List<String>> guide = guide();
    guide.remove(TERMINAL);

    Map<Integer, List<String>> wizard = new TreeMap<>();
    for (Step step : Evening.steps(answers(), Map.of())) {
      List<String> lines = wizard.computeIfAbsent(step.guide(), number -> new ArrayList<>());
      lines.addAll(step.isByHand() ? step.lines() : List.of(step.shown()));
    }
    String yaml = directory.resolve("dendrite.yaml").toString();
    wizard
        .values()
        .forEach(
            lines ->
                lines.replaceAll(
                    line ->
                        line.replace(yaml, "/etc/dendrite/dendrite.yaml")
                            .replace(directory.toString(), "/etc/dendrite")));

    assertThat(wizard).isEqualTo(guide);
  }

  /** Every command line of each numbered step. */
  private static Map<Integer, List<String>> guide() throws IOException {
    String text = Files.readString(ProjectDirectory.root().resolve("docs/guide/migrating.md"));
    Map<Integer, List<String>> steps = new TreeMap<>();
    Matcher step = STEP.matcher(text);
    while (step.find()) {
      List<String> lines = new ArrayList<>();
      Matcher block = BLOCK.matcher(step.group());
      while (block.find()) {
        lines.addAll(block.group(1).lines().toList());
      }
      steps.put(Integer.valueOf(step.group(1)), lines);
    }
    assertThat(steps).hasSize(19);
    return steps;
  }

  private Answers answers() throws IOException {
    Path yaml =
        Files.writeString(
            directory.resolve("dendrite.yaml"), "global: { server_name: example.org }\n");
    Answers answers = Answers.read(directory.resolve("state"));
    answers.put(Question.DENDRITE_CONFIG, yaml.toString());
    answers.put(Question.DENDRITE_MEDIA, "/var/lib/dendrite/media");
    answers.put(Question.SYNAPSE_FOLDER, "/etc/matrix-synapse");
    answers.put(Question.SYNAPSE_DATABASE, "host=localhost port=5432 dbname=synapse user=synapse");
    answers.put(Question.SYNAPSE_MEDIA, "/var/lib/matrix-synapse/media");
    answers.put(Question.ADDRESS, "http://localhost:8008");
    return answers;
  }
}
