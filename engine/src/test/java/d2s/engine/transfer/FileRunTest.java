package d2s.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import d2s.engine.files.CopyMode;
import d2s.engine.files.StoreFolders;
import d2s.engine.result.FileProblem;
import d2s.engine.result.FileProblem.Kind;
import d2s.engine.result.FileResult;
import d2s.engine.result.FileTally;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.result.Skipped;
import d2s.engine.result.StepResult;
import d2s.engine.result.StoreResult;
import d2s.engine.run.Migration;
import d2s.engine.run.RunOptions;
import d2s.engine.shop.MappingFiles;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that rows stand for, alone and together with the load of a database. */
class FileRunTest {

  private static final String SET =
      """
      set: shop
      source: { name: old, marker_table: things }
      target: { name: new, marker_table: version, version: select v from version }
      phases: { first: Things., second: Others. }
      stores:
        pictures: { description: Pictures of things., ignore: [tmp], bytes: select sum(bytes) from things }
      facts:
        shop: { description: The shop., source: select 'x' }
        now: { description: The time., target: select 7 }
      preconditions:
        - { source: select 'not idle' where false = (select idle from state), message: Wait. }
        - { source: select name from state where name <> 'shop', message: Wrong shop., applies_to: [load, check, files] }
      """;

  private static final String THINGS =
      """
      mapping: things
      phase: first
      description: Things.
      from: { table: things }
      label: [id]
      lookups:
        shelves: { table: shelves, key: id, value: name }
      skip:
        - { when: id == 3, item: "'thing ' + id", reason: nobody wants it }
      let:
        place: shelves.get(shelf) + '/' + shop
      to:
        objects: { id: id, place: place }
      files:
        pictures:
          - { when: id != 4, from: "'p' + id", to: place + '/' + id, size: bytes }
          - { when: id == 4, from: "'p' + id" }
      """;

  @TempDir private Path directory;
  private MappingFiles files;
  private TestDatabase source;
  private TestDatabase target;
  private StoreFolders folders;

  @BeforeEach
  void create() throws SQLException, IOException {
    files =
        new MappingFiles(directory.resolve("mappings"))
            .with("set.yaml", SET)
            .with("things.yaml", THINGS);
    source = TestPostgres.createDatabase("files_source");
    target = TestPostgres.createDatabase("files_target");
    source.execute(
        "create table things (id int primary key, shelf int, bytes bigint)",
        "create table shelves (id int primary key, name text)",
        "create table state (idle boolean, name text)",
        "insert into state values (false, 'shop')",
        "insert into shelves values (1, 'top'), (2, 'bottom')",
        "insert into things values (1, 1, 2), (2, 2, 2), (3, 1, 2), (4, 1, 2), (5, 1, 2)");
    target.execute(
        "create table version (v int)",
        "insert into version values (1)",
        "create table objects (id int primary key, place text)");
    folders = new StoreFolders(directory.resolve("old"), directory.resolve("new"));
    Files.createDirectories(folders.source());
    for (String name : List.of("p1", "p2", "p3", "p4", "lost")) {
      Path file = Files.writeString(folders.source().resolve(name), name.substring(0, 2));
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    }
  }

  @AfterEach
  void drop() throws SQLException {
    source.drop();
    target.drop();
  }

  private FileOptions options() {
    return FileOptions.of(Map.of("pictures", folders), CopyMode.COPY);
  }

  private FileResult run() {
    return new FileRun(files.load(), source.dataSource(), Map.of(), options(), false)
        .run(Progress.silent());
  }

  private RunResult migrate(boolean dryRun, boolean strict, Set<String> phases) {
    return new Migration(
            files.load(),
            source.dataSource(),
            target.dataSource(),
            new RunOptions(dryRun, strict, phases, Map.of(), options()))
        .run(Progress.silent());
  }

  private void assertCarried(StoreResult store) {
    assertThat(folders.target().resolve("top/x/1")).hasContent("p1");
    assertThat(folders.target().resolve("bottom/x/2")).hasContent("p2");
    assertThat(store.tallies()).containsExactly(new FileTally("things", 2, 4, 0, 0, 0, 0, 1));
    assertThat(store.problems())
        .extracting(FileProblem::kind, FileProblem::path, FileProblem::what)
        .containsExactly(tuple(Kind.NO_FILE, "p5", "row id=5"), tuple(Kind.NO_ROW, "lost", ""));
  }

  @Test
  void copiesWithoutATargetDatabaseWhileTheSourceIsInUse() {
    FileResult result = run();

    assertThat(result.stores()).hasSize(1);
    assertCarried(result.stores().get(0));
    assertThat(result.skipped())
        .containsExactly(new Skipped("things", "thing 3", "nobody wants it"));
    assertThat(result.failures()).isEqualTo(2);
    assertThat(run().stores().get(0).tallies())
        .containsExactly(new FileTally("things", 0, 0, 0, 0, 2, 4, 1));
  }

  @Test
  void refusesTheWrongSource() throws SQLException {
    source.execute("update state set name = 'other'");
    assertThatThrownBy(this::run)
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessage("Wrong shop. (other)");

    source.execute("update state set name = 'shop'");
    folders = new StoreFolders(directory.resolve("none"), directory.resolve("new"));
    assertThatThrownBy(this::run)
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessageContaining("There is no folder");
    assertThat(directory.resolve("new")).doesNotExist();
  }

  @Test
  void withoutFilesThereNeedBeNoFolder() throws SQLException {
    Path none = directory.resolve("none");
    folders = new StoreFolders(none, directory.resolve("new"));
    assertThatThrownBy(this::run)
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessageStartingWith("There is no folder " + none + ", and 3 files should be in it.")
        .hasMessageContaining("things row id=1");

    source.execute("delete from things");
    FileResult result = run();

    assertThat(result.stores()).hasSize(1);
    assertThat(result.stores().get(0).notes())
        .containsExactly(
            "there is no folder "
                + none
                + "; the source knows no files either, so that nothing is missing");
    assertThat(result.failures()).isZero();
    assertThat(directory.resolve("new")).doesNotExist();
  }

  @Test
  void aMigrationCopiesBeforeItLoads() throws SQLException {
    source.execute("update state set idle = true");
    List<String> order = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void starting(String phase, String mapping, long estimatedRows) {
            order.add("load " + mapping);
          }

          @Override
          public void advanced(String mapping, long rowsRead) {}

          @Override
          public void finished(StepResult step) {}

          @Override
          public void note(String text) {}

          @Override
          public void startingFiles(String store, long expectedBytes) {
            order.add("copy " + store + " of " + expectedBytes);
          }
        };

    RunResult result =
        new Migration(
                files.load(),
                source.dataSource(),
                target.dataSource(),
                new RunOptions(false, false, Set.of(), Map.of(), options()))
            .run(progress);

    assertCarried(result.stores().get(0));
    assertThat(order).containsExactly("copy pictures of 10", "load things");
    assertThat(result.committed()).isTrue();
    assertThat(result.skipped()).hasSize(1);
    assertThat(result.steps().get(0).rowsWritten()).isEqualTo(Map.of("objects", 4L));
  }

  @Test
  void aMigrationOfOtherPhasesCopiesNothing() throws SQLException {
    source.execute("update state set idle = true");

    assertThat(migrate(false, false, Set.of("second")).stores()).isEmpty();
    assertThat(folders.target()).doesNotExist();
  }

  @Test
  void aDryRunWritesNothing() throws SQLException {
    source.execute("update state set idle = true");

    RunResult result = migrate(true, false, Set.of());

    assertThat(result.stores().get(0).tallies().get(0).copied()).isEqualTo(2);
    assertThat(folders.target()).doesNotExist();
  }

  @Test
  void strictFailsBeforeTheLoadAndNamesTheFiles() throws SQLException {
    source.execute("update state set idle = true", "delete from things where id = 3");

    assertThatThrownBy(() -> migrate(false, true, Set.of()))
        .isInstanceOf(MigrationFailedException.class)
        .hasMessage("strict: 1 file cannot be carried over: p5 (no_file)");
    assertThat(folders.target().resolve("top/x/1")).exists();
  }

  @Test
  void aFailedLoadLeavesOnlyFiles() throws SQLException {
    source.execute("update state set idle = true");
    target.execute("alter table objects add check (id < 5)");

    assertThatThrownBy(() -> migrate(false, false, Set.of()))
        .isInstanceOf(MigrationFailedException.class);
    assertThat(folders.target().resolve("top/x/1")).exists();
    target.execute("alter table objects drop constraint objects_id_check");
    assertThat(migrate(false, false, Set.of()).stores().get(0).tallies())
        .containsExactly(new FileTally("things", 0, 0, 0, 0, 2, 4, 1));
  }

  @Test
  void nobodyKnowsWhichFilesHaveNoRowWhenAMappingIsLeftOut() {
    files.with(
        "more.yaml",
        """
        mapping: more
        phase: first
        description: More things.
        from: { table: more, optional: true }
        files: { pictures: { from: name, to: name } }
        """);

    assertThat(run().stores().get(0).counts()).isEqualTo(Map.of(Kind.NO_FILE, 1L));
  }

  @Test
  void cannotReadTheTargetForFiles() {
    files.with(
        "more.yaml",
        """
        mapping: more
        phase: first
        description: More things.
        from: { target: select id from objects }
        files: { pictures: { from: "'p' + id", to: "'q' + id" } }
        """);

    assertThatThrownBy(this::run)
        .isInstanceOf(InvalidMappingsException.class)
        .hasMessageContaining("a mapping with files: cannot read the target");
  }

  @Test
  void saysWhichRowAnExpressionFailsFor() {
    files.with("things.yaml", THINGS.replace("size: bytes", "size: json('x' + id)"));

    assertThatThrownBy(this::run)
        .isInstanceOf(MigrationFailedException.class)
        .hasMessageContaining("things.yaml:")
        .hasMessageContaining("row id=1");
  }

  @Test
  void aPathMustBeAText() {
    files.with("things.yaml", THINGS.replace("to: place + '/' + id", "to: id"));

    assertThatThrownBy(this::run)
        .isInstanceOf(MigrationFailedException.class)
        .hasMessageContaining("row id=1: this must be a text");
  }

  @Test
  void canBeStoppedFromTheStart() {
    FileRun run = new FileRun(files.load(), source.dataSource(), Map.of(), options(), false);
    run.stop();

    assertThatThrownBy(() -> run.run(Progress.silent()))
        .isInstanceOf(MigrationFailedException.class)
        .hasMessageContaining("stopped");
  }
}
