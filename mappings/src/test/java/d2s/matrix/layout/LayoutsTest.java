package d2s.matrix.layout;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.Side;
import d2s.engine.yaml.Text;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.catalog.SqliteCopy;
import d2s.matrix.layout.StagedDatabase.Staged;
import d2s.matrix.migration.MigratedRecording;
import d2s.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same life in every layout becomes the same Synapse, row for row. */
class LayoutsTest {

  /** Nothing that depends on the moment of the run, or on how a layout counts its streams. */
  private static final Map<String, Object> GIVEN =
      Map.of("now_ms", 1_800_000_000_000L, "floor", 1_000_000L);

  /**
   * What SQLite numbers otherwise: pending invites into rooms that the server is not in stand
   * behind all events, because they count for themselves; and with them goes how far readers have
   * come.
   */
  private static final String[] NUMBERED_OTHERWISE = {
    """
    do $$ declare c record; begin
      for c in select conrelid::regclass as tab, conname from pg_constraint
               where contype = 'f' and conname like '%stream_ordering%'
      loop execute format('alter table %s drop constraint %I', c.tab, c.conname); end loop;
    end $$
    """,
    "update room_memberships m set event_stream_ordering = 0 from events e"
        + " where e.event_id = m.event_id and e.outlier and e.stream_ordering > 0",
    "update local_current_membership m set event_stream_ordering = 0 from events e"
        + " where e.event_id = m.event_id and e.outlier and e.stream_ordering > 0",
    "update federation_stream_position set stream_id = 0 where type = 'events'",
    "update appservice_stream_position set stream_ordering = 0",
    "update stats_incremental_position set stream_id = 0",
    "update user_directory_stream_pos set stream_id = 0",
    "update delayed_events_stream_pos set stream_id = 0",
    "update room_forgetter_stream_pos set stream_id = 0",
    "update event_push_summary_stream_ordering set stream_ordering = 0",
    "update room_stats_current set completed_delta_stream_id = 0",
    "update user_stats_current set completed_delta_stream_id = 0",
    "alter table events drop constraint if exists events_stream_ordering",
    "drop index if exists events_stream_ordering",
    "update events set stream_ordering = 0 where outlier and stream_ordering > 0",
  };

  @TempDir private Path directory;

  @Test
  void oneDatabaseForEachComponentBecomesTheSameDatabaseAgain() throws Exception {
    TestDatabase whole = MigratedRecording.restored("dendrite-0.15.2");
    List<TestDatabase> parts = StagedDatabase.split(whole);

    Staged staged = StagedDatabase.ofDatabases(parts);

    assertThat(staged.distribution().problems()).isEmpty();
    assertThat(staged.skipped()).isEmpty();
    assertSame(rows(staged.database()), rows(whole));
    assertSame(target(staged.database()), target(whole));
  }

  @Test
  void sqliteFilesBecomeTheSameTarget() throws Exception {
    Set<String> different = new TreeSet<>();
    for (String name : List.of("dendrite-0.13.8", "dendrite-0.15.2")) {
      TestDatabase whole = MigratedRecording.restored(name);
      Path files = Files.createDirectory(directory.resolve(name));
      try (Connection connection = whole.connect()) {
        SqliteCopy.write(connection, BundledCatalogs.read(name), StagedDatabase.LAYOUTS, files);
      }

      Staged staged = StagedDatabase.ofFiles(files, directory);

      assertThat(staged.distribution().problems()).isEmpty();
      assertThat(staged.skipped()).isEmpty();
      String invites =
          "select event_id from events where outlier and stream_ordering > 0 order by 1";
      List<String> before;
      List<String> after;
      try (MigratedRecording one = MigratedRecording.ofDatabase(whole, GIVEN);
          MigratedRecording other = MigratedRecording.ofDatabase(staged.database(), GIVEN)) {
        assertThat(other.rows(invites)).isNotEmpty().isEqualTo(one.rows(invites));
        different.addAll(differentTables(one.everything(), other.everything()));
        one.change(NUMBERED_OTHERWISE);
        other.change(NUMBERED_OTHERWISE);
        before = one.everything();
        after = other.everything();
      }
      assertSame(after, before);
    }
    assertThat(different)
        .as("tables that are numbered otherwise")
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(NUMBERED_OTHERWISE)
                .filter(sql -> sql.startsWith("update "))
                .map(sql -> sql.split(" ")[1])
                .collect(Collectors.toSet()));
  }

  private static Set<String> differentTables(List<String> one, List<String> other) {
    Set<String> rows = new HashSet<>(one);
    Set<String> others = new HashSet<>(other);
    return Stream.concat(
            one.stream().filter(row -> !others.contains(row)),
            other.stream().filter(row -> !rows.contains(row)))
        .map(row -> row.substring(0, row.indexOf(' ')))
        .collect(Collectors.toSet());
  }

  /** Whoever reads one of them would find nothing. */
  @Test
  void nobodyReadsWhatIsNotCopied() {
    List<String> whole =
        MappingSetLoader.loadResources("dendrite-to-synapse").ledger().stream()
            .filter(entry -> entry.side() == Side.SOURCE && entry.column() == null)
            .map(entry -> entry.table().value())
            .toList();

    assertThat(whole)
        .containsAll(StagedDatabase.LAYOUTS.unread().stream().map(Text::value).toList());
  }

  /** Says what differs; all of it would be too much to read. */
  private static void assertSame(List<String> actual, List<String> expected) {
    Set<String> lacking = new LinkedHashSet<>(expected);
    actual.forEach(lacking::remove);
    Set<String> more = new LinkedHashSet<>(actual);
    expected.forEach(more::remove);
    assertThat(lacking.stream().limit(10)).as("lines that are lacking").isEmpty();
    assertThat(more.stream().limit(10)).as("lines too many").isEmpty();
    assertThat(actual).hasSameSizeAs(expected);
    assertThat(expected).hasSizeGreaterThan(1000);
  }

  private static List<String> target(TestDatabase source) throws SQLException {
    try (MigratedRecording migrated = MigratedRecording.ofDatabase(source, GIVEN)) {
      return migrated.everything();
    }
  }

  private static List<String> rows(TestDatabase database) throws SQLException, IOException {
    List<String> rows = new ArrayList<>();
    for (String table :
        database.rows("select tablename from pg_tables where schemaname = 'public' order by 1")) {
      if (StagedDatabase.LAYOUTS.isUnread(table)) {
        continue;
      }
      rows.addAll(
          database.rows("select '" + table + "', t::text from \"" + table + "\" t order by 2"));
    }
    rows.addAll(
        database.rows(
            "select sequencename, last_value from pg_sequences where schemaname = 'public' order by"
                + " 1"));
    return rows;
  }
}
