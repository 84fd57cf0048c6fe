package d2s.cli.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.CommandLineRun;
import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a contributor is told about a schema of Synapse that nobody has seen before. */
class MadeUpSchemaTest {

  private static final Path MAPPINGS = ProjectDirectory.root().resolve("mappings");
  private static final Path FILES = MAPPINGS.resolve("dendrite-to-synapse");
  private static final Path NEWEST =
      MAPPINGS.resolve("src/main/resources/catalogs/synapse-94.yaml");

  @TempDir private Path directory;

  /** A new, a renamed and a dropped column, a new table and a changed type. */
  @Test
  void isToldInOneRoundWithLinesToWrite() throws IOException {
    Path catalog = directory.resolve("synapse-95.yaml");
    String text = Files.readString(NEWEST);
    for (String[] change :
        new String[][] {
          {"catalog: synapse-94\nversion: '94'", "catalog: synapse-95\nversion: '95'"},
          {"      recheck: bool", "      recheck_later: bool"},
          {
            "      suspended: bool not null default false\n",
            "      suspended: bool not null default false\n      tenant: text not null\n"
          },
          {
            "      event_stream_ordering: int8\n      thread_id: text\n    unique keys:\n      receipts_lin",
            "      thread_id: text\n    unique keys:\n      receipts_lin"
          },
          {
            "  user_filters:\n",
            "  user_favourites:\n    columns:\n      user_id: text\n  user_filters:\n"
          },
          {
            "      filter_id: int8 not null\n      filter_json",
            "      filter_id: int4 not null\n      filter_json"
          },
        }) {
      assertThat(text).contains(change[0]);
      text = text.replace(change[0], change[1]);
    }
    Files.writeString(catalog, text);

    CommandLineRun run =
        CommandLineRun.of(
            "check",
            "--mappings",
            FILES.toString(),
            "--synapse-catalog",
            catalog.toString(),
            "--format",
            "line");

    assertThat(run.exitCode()).isEqualTo(10);
    assertThat(run.err())
        .contains(
            "What is new since synapse-94, and what you can write:",
            "        tenant: { value: …, synapse: '>=95' }",
            "          tenant: { reason: why it starts empty, synapse: '>=95' }",
            "a guess: this is recheck under a new name",
            "user_favourites: { reason: why it starts empty, synapse: '>=95' }",
            "user_filters.filter_id: type int8 is now int4",
            "users.tenant is NOT NULL, has no default and is not filled",
            "error: no column recheck in redactions",
            "error: no column event_stream_ordering in receipts_linearized",
            "error: the table user_favourites of the target is filled by no mapping");
    // The SQL of a verification, in its line of Java.
    assertThat(run.err().lines().filter(line -> line.contains("the verification")))
        .singleElement()
        .asString()
        .matches(
            ".*/userdata/ReceiptsVerification\\.java:\\d+:\\d+: error: the verification \"receipts\""
                + " does not fit synapse-95: column r\\.event_stream_ordering does not exist\\. .*");
  }

  @Test
  void aSkeletonThatIsFilledInPassesTheCheck() throws IOException {
    Path files = directory.resolve("files");
    MappingFileCopies.copy(FILES, files);
    CommandLineRun skeleton =
        CommandLineRun.of("new", "mapping", "erased_users", "--from", "userapi_accounts");
    assertThat(skeleton.err()).contains("says why it starts empty; remove that entry");
    String mapping =
        skeleton
            .out()
            .replace("phase: FILL IN", "phase: accounts")
            .replace("description: FILL IN", "description: Everybody is erased.")
            .replace("user_id: FILL IN", "user_id: matrix:userId(localpart, server_name)");
    assertThat(mapping).doesNotContain("FILL IN");
    Files.writeString(files.resolve("1-accounts").resolve("erased-users.yaml"), mapping);
    Path ledger = files.resolve("ledger").resolve("starts-empty.yaml");
    Files.writeString(ledger, Files.readString(ledger).replaceAll("(?m)^  erased_users: .*\n", ""));

    CommandLineRun run =
        CommandLineRun.of(
            "check", "--mappings", files.toString(), "--synapse-catalog", "synapse-94");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aSkeletonNamesTypesRangesAndWhatMayBeLeftOut() {
    CommandLineRun run = CommandLineRun.of("new", "mapping", "redactions");

    assertThat(run.out())
        .contains(
            "    event_id: FILL IN  # text, not null\n",
            "    recheck: { value: FILL IN, synapse: '>=94' }  # bool, not null, has a default\n",
            "#     recheck: { reason: FILL IN, synapse: '>=94' }\n");
    assertThat(run.err()).contains("3-events/events.yaml:");
    assertThat(CommandLineRun.of("new", "mapping", "redactoins").err())
        .contains("Synapse has no table redactoins; did you mean redactions?");
  }
}
