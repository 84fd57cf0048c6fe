package d2s.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import d2s.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What comes from the commands names all of them, with all their options. */
class GeneratedFilesTest {

  private final Map<String, String> files = GeneratedFiles.all();

  @TempDir private Path directory;

  @Test
  void everyCommandHasAManPageWithItsOptions() {
    assertPage(Main.commandLine());
  }

  private void assertPage(CommandLine command) {
    String page = files.get("man/man1/" + ManPage.name(command) + ".1");
    assertThat(page).startsWith(".TH \"D2S").contains(".SH SYNOPSIS", ".SH EXIT STATUS");
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        assertThat(page).contains(".B " + String.join(", ", option.names()).replace("-", "\\-"));
      }
    }
    assertThat(page.lines().filter(line -> line.startsWith(".")))
        .allMatch(line -> line.matches("\\.(TH|SH|B|BR|TP|PP|br|nf|fi)( .*)?"));
    assertThat(page).doesNotContain("%n");
    command.getSubcommands().values().forEach(this::assertPage);
  }

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    Path script =
        Files.writeString(directory.resolve("d2s.bash"), files.get("completion/d2s.bash"));
    assertThat(completions(script, "d2s", "mig")).isEqualTo("migrate");
    assertThat(completions(script, "d2s", "keys", "--syn")).isEqualTo("--synapse-key");
  }

  private static String completions(Path script, String... words)
      throws IOException, InterruptedException {
    return run(
        "bash",
        "-c",
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_d2s 2>/dev/null; echo \"${COMPREPLY[*]}\""
            .formatted(script, String.join(" ", words), words.length - 1));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(shell.getInputStream().readAllBytes());
    assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said.strip();
  }

  @Test
  void fishCompletesCommandsOptionsAndValues() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/fish")), "there is no fish");
    Path script =
        Files.writeString(directory.resolve("d2s.fish"), files.get("completion/d2s.fish"));
    assertThat(fish(script, "d2s mig")).startsWith("migrate\t");
    assertThat(fish(script, "d2s keys --syn")).startsWith("--synapse-key\t");
    assertThat(fish(script, "d2s migrate --media-mode ")).contains("hardlink");
    assertThat(fish(script, "d2s schema d")).startsWith("diff\t");
  }

  private static String fish(Path script, String line) throws IOException, InterruptedException {
    return run(
        "/usr/bin/fish",
        "--no-config",
        "-c",
        "source %s; complete -C '%s'".formatted(script, line));
  }

  @Test
  void fishKnowsCommandsAndOptions() {
    assertThat(files.get("completion/d2s.fish"))
        .contains("-a migrate -d 'Move everything from Dendrite to Synapse")
        .contains("-n '__fish_seen_subcommand_from keys' -l synapse-key -r -F -d 'Synapse\\'s")
        .contains("-n '__fish_seen_subcommand_from schema; and not __fish_seen_subcommand_from");
  }

  @Test
  void nothingDependsOnTheTime() {
    assertThat(GeneratedFiles.all()).isEqualTo(files);
    assertThat(String.join("\n", files.values()))
        .doesNotContainPattern("20[0-9]{2}-[0-9]{2}-[0-9]{2}T");
  }
}
