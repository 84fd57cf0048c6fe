package d2s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said about a command line without any database. */
class CommandLineTest {

  @TempDir private Path directory;

  @Test
  void printsHelpWithoutACommand() {
    CommandLineRun run = CommandLineRun.of();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Usage: d2s", "migrate", "plan", "check", "Examples:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"migrate", "plan", "check"})
  void explainsEveryCommand(String command) {
    CommandLineRun run = CommandLineRun.of(command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("--dendrite-db", "--synapse-db", "--server-name", "--mappings", "Examples:")
        .contains("130", "interrupted");
  }

  @Test
  void printsItsVersion() {
    CommandLineRun run = CommandLineRun.of("--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("d2s ").contains("Java 1", System.lineSeparator());
  }

  @Test
  void suggestsTheOptionThatWasMeant() {
    CommandLineRun run = CommandLineRun.of("migrate", "--dendrite-bd", "x");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("there is no option --dendrite-bd; did you mean --dendrite-db")
        .contains("Try: d2s migrate --help");
  }

  @Test
  void knowsItsCommands() {
    CommandLineRun run = CommandLineRun.of("migarte");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "there is no command \"migarte\"; did you mean migrate?",
            "migrate, media",
            "plan, check");
    assertThat(CommandLineRun.of("help", "migarte").err()).contains("did you mean migrate?");
    assertThat(CommandLineRun.of("version").err()).contains("did you mean --version?");
    assertThat(CommandLineRun.of("schema", "dif").err())
        .contains("there is no command \"dif\"; did you mean diff? The commands are capture, diff");
    assertThat(CommandLineRun.of("migrate", "--hlep").err())
        .contains("there is no option --hlep; did you mean --help?");
    // It could be anything, a password for example.
    assertThat(CommandLineRun.of("S3cret:x").err())
        .contains("the first argument is not a command")
        .doesNotContain("S3cret");
  }

  @Test
  void helpIsACommandToo() {
    CommandLineRun help = CommandLineRun.of("help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).isEqualTo(CommandLineRun.of("--help").out()).contains("migrate");
    assertThat(CommandLineRun.of("help", "migrate").out())
        .isEqualTo(CommandLineRun.of("migrate", "--help").out())
        .contains("--dry-run");
    assertThat(CommandLineRun.of("help", "schema", "diff").out()).contains("BEFORE");
  }

  @Test
  void asksForAllThatIsMissing() {
    assertThat(CommandLineRun.of("migrate").err())
        .contains("--dendrite-config dendrite.yaml and --synapse-config homeserver.yaml");
    assertThat(CommandLineRun.of("config", "dendrite.yaml").err())
        .contains("a file must stand behind its option: --dendrite-config dendrite.yaml");
    assertThat(CommandLineRun.of("config").err()).contains("Give --dendrite-config dendrite.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:38108", "localhost", "ftp://x", "http://", "a b"})
  void anAddressThatIsNoneIsExplained(String address) throws IOException {
    Path key = Files.createTempFile("key", ".pem");
    CommandLineRun run =
        CommandLineRun.of("keys", "--dendrite-key", key.toString(), "--server", address);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.all()).doesNotContain("Exception", "java.");
  }

  @Test
  void explainsAMissingQuote() {
    CommandLineRun run =
        CommandLineRun.of("migrate", "--dendrite-db", "host=x", "password=s3cr3t", "dbname=d");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("must be quoted as a whole").doesNotContain("s3cr3t");
  }

  @Test
  void explainsWhatATextProgramMadeOfHyphensAndQuotes() {
    for (String dash :
        List.of("\u2013dry-run", "\u2014dry-run", "-\u2013dry-run", "\u2013-dry-run")) {
      assertThat(CommandLineRun.of("migrate", dash).err()).contains("two plain hyphens");
    }
    CommandLineRun run =
        CommandLineRun.of(
            "check", "--dendrite-db", "\u201Chost=x", "password=s3cr3t", "dbname=d\u201D");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("a plain one").doesNotContain("s3cr3t");
  }

  @Test
  void aFileInThePlaceOfAnotherThingIsNamed() throws IOException {
    Path dump = write("dendrite.dump", "PGDMP\u0001\u000e");
    assertThat(CommandLineRun.of("check", "--dendrite-db", dump.toString()).err())
        .contains(dump + " is a file, but not of SQLite. If it is a dump");
    assertThat(
            CommandLineRun.of("check", "--dendrite-db", "d", "--synapse-db", dump.toString()).err())
        .contains("--synapse-db: this is the name of a file or a folder");
    assertThat(CommandLineRun.of("check", "--dendrite-config", dump.toString()).err())
        .contains(dump + " is not valid YAML: it has characters that no text has");
    assertThat(CommandLineRun.of("check", "--dendrite-config", directory.toString()).err())
        .contains(directory + " is a folder; name the file in it");
    Path utf16 =
        Files.writeString(directory.resolve("utf16.yaml"), "version: 2", StandardCharsets.UTF_16);
    assertThat(CommandLineRun.of("check", "--dendrite-config", utf16.toString()).err())
        .contains(utf16 + " is no text in UTF-8; is it the right file?");
  }

  @Test
  void aFileWithoutADatabaseIsNamed() throws IOException {
    Path log = write("log.yaml", "version: 1\nhandlers: {}\n");

    assertThat(CommandLineRun.of("check", "--dendrite-config", log.toString()).err())
        .contains(log + " names no database; is it the configuration of Dendrite?");
    assertThat(
            CommandLineRun.of("check", "--dendrite-db", "d", "--synapse-config", log.toString())
                .err())
        .contains(log + " names no database; is it the configuration of Synapse?");
  }

  @Test
  void asksForWhatIsMissing() {
    assertThat(CommandLineRun.of("migrate", "--synapse-db", "d").err())
        .contains("which database is Dendrite's?");
    assertThat(CommandLineRun.of("migrate", "--dendrite-db", "d").err())
        .contains("which database is Synapse's?");
    assertThat(CommandLineRun.of("migrate").exitCode()).isEqualTo(2);
  }

  @Test
  void refusesOneDatabaseForBoth() {
    CommandLineRun run =
        CommandLineRun.of("migrate", "--dendrite-db", "dbname=m", "--synapse-db", "m");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("are given the same database \"m\"");
  }

  @Test
  void namesTheOptionOfABadConnectionString() {
    CommandLineRun run =
        CommandLineRun.of("migrate", "--dendrite-db", "d", "--synapse-db", "host=a sslfactory=b");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--synapse-db: the parameter sslfactory is not supported");
  }

  @Test
  void refusesServerNamesThatDiffer() throws IOException {
    Path dendrite = write("dendrite.yaml", "global: { server_name: a.example }\n");
    Path synapse = write("homeserver.yaml", "server_name: b.example\n");

    CommandLineRun run =
        CommandLineRun.of(
            "check",
            "--dendrite-config",
            dendrite.toString(),
            "--synapse-config",
            synapse.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("the server names differ", "says a.example", "says b.example");
  }

  @Test
  void refusesMediaPathsThatAreNotThere() {
    CommandLineRun run =
        CommandLineRun.of(
            "migrate",
            "--dendrite-db",
            "a",
            "--synapse-db",
            "b",
            "--dendrite-media-path",
            directory.resolve("none").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--dendrite-media-path: there is no directory");
  }

  @Test
  void refusesMappingDirectoriesThatAreNone() {
    String[] arguments = {"plan", "--dendrite-db", "a", "--synapse-db", "b", "--mappings", null};
    arguments[6] = directory.resolve("none").toString();
    CommandLineRun missing = CommandLineRun.of(arguments);
    arguments[6] = directory.toString();
    CommandLineRun empty = CommandLineRun.of(arguments);

    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("--mappings: there is no directory");
    assertThat(empty.exitCode()).isEqualTo(2);
    assertThat(empty.err()).contains("set.yaml");
  }

  @Test
  void saysInJsonWhyItEnded() {
    CommandLineRun run = CommandLineRun.of("migrate", "--json", "--dendrite-db", "d d d");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("\"command\" : \"migrate\"", "\"outcome\" : \"usage\"", "\"exit_code\" : 2")
        .contains("--dendrite-db: there is no = after the word");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }
}
