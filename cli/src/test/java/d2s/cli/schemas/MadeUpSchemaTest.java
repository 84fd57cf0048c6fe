package d2s.cli.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.CommandLineRun;
import d2s.engine.schema.Catalog;
import d2s.matrix.catalog.BundledCatalogs;
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
  private static final Catalog NEWEST = BundledCatalogs.newest("synapse");
  private static final int NEXT = Integer.parseInt(NEWEST.version()) + 1;

  @TempDir private Path directory;

  /** A new, a renamed and a dropped column, a new table and a changed type. */
  @Test
  void isToldInOneRoundWithLinesToWrite() throws IOException {
    Path catalog = directory.resolve("synapse-" + NEXT + ".yaml");
    String text =
        Files.readString(
            MAPPINGS.resolve("src/main/resources/catalogs/" + NEWEST.name() + ".yaml"));
    for (String[] change :
        new String[][] {
          {
            "catalog: " + NEWEST.name() + "\nversion: '" + NEWEST.version() + "'",
            "catalog: synapse-" + NEXT + "\nversion: '" + NEXT + "'"
          },
          {"      recheck: bool", "      recheck_later: bool"},
          {
            "      suspended: bool not null default false\n",
            "      suspended: bool not null default false\n      tenant: text not null\n"
          },
          {
            "      event_stream_ordering: int8\n      thread_id: text\n    unique keys:\n      receipts_lin",
            "      thread_id: text\n    unique keys:\n      receipts_lin"
          },
          {"      notif_count: int8", "      notify_count: int8"},
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
        .containsPattern(
            "set.yaml:\\d+:\\d+: supported is '[^']+' and must allow " + NEXT + " in the end.\n")
        .contains(
            "What is new since " + NEWEST.name() + ", and what you can write:",
            "        tenant: { value: …, synapse: '>=" + NEXT + "' }",
            "      it must be filled: it is NOT NULL and has no default",
            "a guess: this is recheck under a new name",
            "user_favourites: { reason: why it starts empty, synapse: '>=" + NEXT + "' }",
            "user_filters.filter_id: type int8 is now int4",
            "users.tenant is NOT NULL, has no default and is not filled",
            "error: no column recheck in redactions",
            "error: no column event_stream_ordering in receipts_linearized",
            "error: the table user_favourites of the target is filled by no mapping");
    assertThat(run.err()).doesNotContain("tenant: { reason");
    // The SQL of verifications, in its line of Java.
    assertThat(run.err()).doesNotContain("/../");
    String end = " does not fit synapse-" + NEXT + ": column ";
    assertThat(run.err().lines().filter(line -> line.contains("the verification")))
        .satisfiesExactlyInAnyOrder(
            line ->
                assertThat(line)
                    .matches(".*/userdata/ReceiptsVerification\\.java:\\d+:\\d+: error: .*")
                    .contains(
                        "the verification \"receipts\"" + end + "r.event_stream_ordering does not"),
            line ->
                assertThat(line)
                    .matches(".*/userdata/UnreadCountsVerification\\.java:\\d+:\\d+: error: .*")
                    .contains("the verification \"unread counts\"" + end + "\"notif_count\""),
            line ->
                assertThat(line)
                    .matches(".*/userdata/UnreadCountsVerification\\.java:\\d+:\\d+: error: .*")
                    .contains(
                        "the verification \"unread counts\"" + end + "\"event_stream_ordering\""));
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
            "check", "--mappings", files.toString(), "--synapse-catalog", NEWEST.name());

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
