package d2s.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.CommandLineRun;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code d2s check --examples}. */
class CheckExamplesTest {

  private static final Path FILES =
      ProjectDirectory.root().resolve("mappings").resolve("dendrite-to-synapse");

  private static final String NEWEST = BundledCatalogs.newest("synapse").name();

  @TempDir private Path directory;

  @Test
  void triesTheExamplesOfAMapping() {
    CommandLineRun run =
        CommandLineRun.of("check", "--examples=profiles", "--synapse-catalog", NEWEST);

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("2 examples come out as the files say.");
  }

  @Test
  void aDifferenceIsAProblemThatAnEditorCanJumpTo() throws IOException {
    copy();
    Path users = directory.resolve("1-accounts").resolve("users.yaml");
    String text = Files.readString(users);
    String right = "          creation_ts: 1600000000\n";
    assertThat(text).contains(right);
    Files.writeString(users, text.replace(right, "          creation_ts: 1600000000999\n"));
    long line = text.substring(0, text.indexOf(right)).lines().count() + 1;

    CommandLineRun run =
        CommandLineRun.of(
            "check",
            "--examples=users",
            "--synapse-catalog",
            NEWEST,
            "--format=line",
            "--mappings",
            directory.toString());

    assertThat(run.exitCode()).as(run.all()).isEqualTo(10);
    assertThat(run.all())
        .contains(
            directory.resolve("1-accounts/users.yaml")
                + ":"
                + line
                + ":24: error: row 1 of users: creation_ts is 1600000000, not 1600000000999")
        .contains("- name: @alice:example.org,");
  }

  @Test
  void aMappingThatIsNotThereIsTold() {
    CommandLineRun run =
        CommandLineRun.of("check", "--examples=profile", "--synapse-catalog", NEWEST);

    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.all()).contains("no mapping profile has examples; did you mean profiles?");
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.walk(FILES)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".yaml")).toList()) {
        Path copy = directory.resolve(FILES.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
