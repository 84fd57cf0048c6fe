package d2s.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import d2s.engine.mapping.Store;
import d2s.engine.result.FileProblem;
import d2s.engine.result.FileProblem.Kind;
import d2s.engine.result.FileTally;
import d2s.engine.result.StoreResult;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.SourceText;
import d2s.engine.yaml.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreCopierTest {

  private static final Position HERE = new Position(new SourceText("set.yaml", "files\n"), 1, 1);
  private static final Store STORE =
      new Store(
          new Text("files", HERE),
          new Text("Some files.", HERE),
          List.of(new Text("tmp", HERE)),
          null);
  private static final FileTime OLD = FileTime.from(Instant.parse("2020-02-02T02:02:02.123456Z"));

  @TempDir private Path directory;
  private Path source;
  private Path target;

  @BeforeEach
  void makeSource() throws IOException {
    source = Files.createDirectory(directory.resolve("source"));
    target = directory.resolve("target");
  }

  private Path write(String path, String content) {
    try {
      Path file = source.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      Files.setLastModifiedTime(file, OLD);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String content) {
    return HexFormat.of()
        .formatHex(Content.sha256().digest(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** The request for a file with this content. */
  private static FileRequest request(String from, String to, String content) {
    int size = content.getBytes(StandardCharsets.UTF_8).length;
    return new FileRequest("things", "row id=" + to, from, to, size, hash(content));
  }

  private StoreResult run(FileRequest... requests) throws Exception {
    return run(CopyMode.COPY, false, requests);
  }

  private StoreResult run(CopyMode mode, boolean dryRun, FileRequest... requests) throws Exception {
    try (StoreCopier copier =
        StoreCopier.open(STORE, new StoreFolders(source, target), mode, 3, dryRun)) {
      for (FileRequest request : requests) {
        copier.submit(request);
      }
      return copier.finish(true, () -> {});
    }
  }

  /** Everything in the target, with what it holds. */
  private Map<String, String> targetFiles() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(target)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        files.put(target.relativize(path).toString(), Files.readString(path));
      }
    }
    return files;
  }

  @ParameterizedTest
  @EnumSource
  void carriesFilesOverInEveryMode(CopyMode mode) throws Exception {
    write("a/file", "content");
    write("b/empty", "");

    StoreResult result =
        run(
            mode,
            false,
            request("a/file", "x/1", "content"),
            request("a/file", "y/z/2", "content"),
            request("b/empty", "0", ""));

    assertThat(targetFiles()).isEqualTo(Map.of("x/1", "content", "y/z/2", "content", "0", ""));
    assertThat(Files.getLastModifiedTime(target.resolve("x/1"))).isEqualTo(OLD);
    assertThat(result.counts()).isEmpty();
    boolean linked = mode == CopyMode.LINK;
    assertThat(result.tallies())
        .containsExactly(
            new FileTally(
                "things",
                linked ? 0 : 3,
                linked ? 0 : 14,
                linked ? 3 : 0,
                linked ? 14 : 0,
                0,
                0,
                0));
    assertThat(Files.isSameFile(source.resolve("a/file"), target.resolve("x/1"))).isEqualTo(linked);
  }

  @ParameterizedTest
  @EnumSource
  void leavesWhatIsThereInEveryMode(CopyMode mode) throws Exception {
    write("file", "content");
    FileRequest request = request("file", "x/1", "content");
    run(mode, false, request);
    Object before = Files.readAttributes(target.resolve("x/1"), "unix:ino,ctime").toString();

    StoreResult result = run(mode, false, request);

    assertThat(result.tallies()).containsExactly(new FileTally("things", 0, 0, 0, 0, 1, 7, 0));
    assertThat(Files.readAttributes(target.resolve("x/1"), "unix:ino,ctime"))
        .hasToString(before.toString());
  }

  @Test
  void copiesAFileWithoutKnowingItsSizeOrHash() throws Exception {
    write("file", "content");
    FileRequest request = new FileRequest("things", "row", "file", "1", -1, null);

    assertThat(run(request).tallies().get(0).copied()).isEqualTo(1);
    Files.setLastModifiedTime(target.resolve("1"), FileTime.fromMillis(0));
    assertThat(run(request).tallies().get(0).unchanged()).isEqualTo(1);
    Files.writeString(target.resolve("1"), "CONTENT");
    assertThat(run(request).tallies().get(0).copied()).isEqualTo(1);
    assertThat(targetFiles()).containsEntry("1", "content");
  }

  @Test
  void replacesAWrongFileAndLeavesARightOneOfAnotherTime() throws Exception {
    write("file", "content");
    FileRequest request = request("file", "1", "content");
    Files.createDirectories(target);

    Files.writeString(target.resolve("1"), "cOntent");
    assertThat(run(request).tallies().get(0).copied()).isEqualTo(1);
    Files.writeString(target.resolve("1"), "cont");
    assertThat(run(request).tallies().get(0).copied()).isEqualTo(1);
    Files.setLastModifiedTime(target.resolve("1"), FileTime.fromMillis(0));
    assertThat(run(request).tallies().get(0).unchanged()).isEqualTo(1);

    assertThat(targetFiles()).containsEntry("1", "content");
    assertThat(Files.getLastModifiedTime(target.resolve("1"))).isEqualTo(OLD);
  }

  @Test
  void namesEveryFileThatIsNotRight() throws Exception {
    write("short", "conten");
    write("damaged", "cOntent");
    write("folder/file", "content");
    write("good", "content");

    StoreResult result =
        run(
            request("missing", "1", "content"),
            request("short", "2", "content"),
            request("damaged", "3", "content"),
            request("folder", "4", "content"),
            request("good", "5", "content"),
            request("good", "5", "content"));

    assertThat(targetFiles()).isEqualTo(Map.of("5", "content"));
    assertThat(result.problems())
        .extracting(FileProblem::kind, FileProblem::path, FileProblem::what, FileProblem::reason)
        .containsExactly(
            tuple(Kind.NO_FILE, "missing", "row id=1", ""),
            tuple(Kind.WRONG_SIZE, "short", "row id=2", "6 bytes on disk, 7 in the database"),
            tuple(Kind.WRONG_HASH, "damaged", "row id=3", "its SHA-256 is " + hash("cOntent")),
            tuple(Kind.UNREADABLE, "folder", "row id=4", "it is not a file"),
            tuple(Kind.SAME_TARGET, "good", "row id=5", "another row has the same path 5"),
            tuple(Kind.NO_ROW, "folder/file", "", "7 bytes"));
    assertThat(result.failures()).isEqualTo(5);
    assertThat(result.tallies().get(0).failed()).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(names = {"LINK", "CLONE"})
  void checksTheHashInOtherModesToo(CopyMode mode) throws Exception {
    write("damaged", "cOntent");

    StoreResult result = run(mode, false, request("damaged", "1", "content"));

    assertThat(result.counts()).isEqualTo(Map.of(Kind.WRONG_HASH, 1L));
    assertThat(targetFiles()).isEmpty();
  }

  @Test
  void leavesAGoodFileWhoseOriginalWasLostOrDamagedSince() throws Exception {
    write("file", "content");
    FileRequest request = request("file", "1", "content");
    run(request);

    write("file", "c");
    assertThat(run(request).counts()).isEmpty();
    Files.delete(source.resolve("file"));
    assertThat(run(request).counts()).isEmpty();
    assertThat(targetFiles()).containsEntry("1", "content");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside",
        "/outside",
        "a/../../outside",
        "a/./b",
        "..",
        ".",
        "",
        "a\u0000b",
        "~0123456789abcdef"
      })
  void neverWritesOutsideItsFolder(String path) throws Exception {
    write("file", "content");

    StoreResult result = run(request("file", path, "content"));

    assertThat(result.counts()).isEqualTo(Map.of(Kind.BAD_PATH, 1L));
    assertThat(targetFiles()).isEmpty();
    assertThat(directory.resolve("outside")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "a/../../secret", "", "x\u0000"})
  void neverReadsOutsideItsFolder(String path) throws Exception {
    Files.writeString(directory.resolve("secret"), "secret");

    StoreResult result = run(request(path, "1", "secret"));

    assertThat(result.counts()).isEqualTo(Map.of(Kind.BAD_PATH, 1L));
    assertThat(targetFiles()).isEmpty();
  }

  @Test
  void refusesANameThatNoFileCanHave() throws Exception {
    write("file", "content");

    StoreResult result = run(request("file", "a/" + "é".repeat(128), "content"));

    assertThat(result.problems().get(0).reason()).contains("longer than a name can be");
  }

  @Test
  void followsNoSymbolicLinkOutOfTheTarget() throws Exception {
    write("file", "content");
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.createDirectories(target.resolve("inside"));
    Files.createSymbolicLink(target.resolve("out"), outside);
    Files.createSymbolicLink(target.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(target.resolve("nowhere"), Path.of("nothing"));
    Files.createSymbolicLink(target.resolve("in"), Path.of("inside"));
    Files.writeString(directory.resolve("precious"), "CONTENT");
    Files.createSymbolicLink(target.resolve("link"), directory.resolve("precious"));

    StoreResult result =
        run(
            request("file", "out/a/1", "content"),
            request("file", "up/outside/2", "content"),
            request("file", "nowhere/3", "content"),
            request("file", "in/4", "content"),
            request("file", "link", "content"));
    Files.writeString(outside.resolve("1"), "content");
    StoreResult again = run(request("file", "out/1", "content"));

    assertThat(again.counts()).isEqualTo(Map.of(Kind.BAD_PATH, 1L));
    assertThat(result.counts()).isEqualTo(Map.of(Kind.BAD_PATH, 3L));
    assertThat(result.problems().get(0).reason())
        .contains("is a symbolic link that leads out of it");
    assertThat(outside.resolve("a")).doesNotExist();
    assertThat(target.resolve("inside/4")).hasContent("content");
    assertThat(directory.resolve("precious")).hasContent("CONTENT");
    assertThat(Files.isRegularFile(target.resolve("link"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void namesWhatIsInTheWay() throws Exception {
    write("file", "content");
    Files.createDirectories(target.resolve("2"));
    Files.writeString(target.resolve("1"), "not a folder");

    StoreResult result = run(request("file", "1/a", "content"), request("file", "2", "content"));

    assertThat(result.problems())
        .extracting(FileProblem::reason)
        .containsExactly(
            "1 in the target is in the way: not a folder", "2 in the target is a folder");
  }

  @Test
  void findsFilesThatNoRowKnows() throws Exception {
    write("a/file", "content");
    write("a/lost", "lost");
    write("a/claimed", "of a row that is not carried over");
    write("tmp/upload", "broken off");
    write("b/tmp/lost", "only tmp at the top is ignored");
    Files.setLastModifiedTime(
        write("new", "came in meanwhile"),
        FileTime.fromMillis(System.currentTimeMillis() + 60_000));

    try (StoreCopier copier =
        StoreCopier.open(STORE, new StoreFolders(source, target), CopyMode.COPY, 1, false)) {
      copier.submit(request("a//file", "1", "content"));
      copier.claim("a/claimed");
      copier.claim("never/was");
      StoreResult result = copier.finish(true, () -> {});

      assertThat(result.problems())
          .extracting(FileProblem::kind, FileProblem::path)
          .containsExactly(tuple(Kind.NO_ROW, "a/lost"), tuple(Kind.NO_ROW, "b/tmp/lost"));
      assertThat(result.failures()).isZero();
    }
  }

  @Test
  void saysNothingOfFilesWithoutARowWhenNotAllRowsWereTold() throws Exception {
    write("lost", "lost");

    try (StoreCopier copier =
        StoreCopier.open(STORE, new StoreFolders(source, target), CopyMode.COPY, 1, false)) {
      assertThat(copier.finish(false, () -> {}).counts()).isEmpty();
    }
  }

  @Test
  void takesUpWhatAKilledRunLeft() throws Exception {
    write("file", "content");
    FileRequest request = request("file", "x/1", "content");
    run(request);
    String name =
        "~%016x"
            .formatted(
                Content.firstBytes(Content.sha256().digest("1".getBytes(StandardCharsets.UTF_8))));
    Files.delete(target.resolve("x/1"));
    Files.writeString(target.resolve("x").resolve(name), "cont");
    Files.writeString(target.resolve("~copying"), "");

    run(request);

    assertThat(targetFiles()).isEqualTo(Map.of("x/1", "content"));
  }

  @Test
  void aDryRunReadsEverythingAndWritesNothing() throws Exception {
    write("file", "content");
    write("damaged", "cOntent");

    StoreResult result =
        run(
            CopyMode.COPY,
            true,
            request("file", "1", "content"),
            request("damaged", "2", "content"));

    assertThat(result.tallies().get(0).copied()).isEqualTo(1);
    assertThat(result.counts()).isEqualTo(Map.of(Kind.WRONG_HASH, 1L));
    assertThat(target).doesNotExist();
  }

  @Test
  void twoRunsCannotMeet() throws Exception {
    StoreFolders folders = new StoreFolders(source, target);
    try (StoreCopier first = StoreCopier.open(STORE, folders, CopyMode.COPY, 1, false)) {
      assertThatThrownBy(() -> StoreCopier.open(STORE, folders, CopyMode.COPY, 1, false))
          .isInstanceOf(StoreUnusableException.class)
          .hasMessageContaining("Another run is copying files to " + target);
      first.finish(true, () -> {});
    }
    StoreCopier.open(STORE, folders, CopyMode.COPY, 1, false).close();
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void refusesFoldersThatCannotBeTheRightOnes() throws Exception {
    assertRefused(source, source.resolve("below"), "lies in the other");
    assertRefused(source, directory, "lies in the other");
    assertRefused(source, source, "lies in the other");
    assertRefused(directory.resolve("none"), target, "There is no folder");
    Path link = Files.createSymbolicLink(directory.resolve("link"), source);
    assertRefused(source, link, "lies in the other");
  }

  private void assertRefused(Path from, Path to, String reason) {
    assertThatThrownBy(
            () -> StoreCopier.open(STORE, new StoreFolders(from, to), CopyMode.COPY, 1, false))
        .isInstanceOf(StoreUnusableException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void failsWhenTheTargetCannotBeWritten() throws Exception {
    Files.writeString(target, "a file");

    assertThatThrownBy(this::run)
        .isInstanceOf(FileCopyException.class)
        .hasMessageContaining("the folder " + target + " cannot be used");
  }

  @Test
  void stopsSoonAndLeavesOnlyFinishedFiles() throws Exception {
    String content = "x".repeat(200_000);
    List<FileRequest> requests = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      write("file" + i, content);
      requests.add(request("file" + i, "t" + i, content));
    }

    try (StoreCopier copier =
        StoreCopier.open(STORE, new StoreFolders(source, target), CopyMode.COPY, 2, false)) {
      for (FileRequest request : requests) {
        copier.submit(request);
      }
      while (copier.files() < 3) {
        Thread.sleep(1);
      }
      copier.stop();
      assertThatThrownBy(() -> copier.finish(true, () -> {})).isInstanceOf(FileCopyException.class);
    }
    assertThat(targetFiles()).hasSizeBetween(3, 99);
    assertThat(targetFiles().values()).containsOnly(content);

    StoreResult second = run(requests.toArray(FileRequest[]::new));
    assertThat(second.tallies().get(0).copied() + second.tallies().get(0).unchanged())
        .isEqualTo(100);
    assertThat(second.tallies().get(0).unchanged()).isGreaterThanOrEqualTo(3);
    assertThat(targetFiles()).hasSize(100);
  }

  @Test
  void keepsCountWhileItWorks() throws Exception {
    write("file", "content");
    List<Long> seen = new ArrayList<>();
    try (StoreCopier copier =
        StoreCopier.open(STORE, new StoreFolders(source, target), CopyMode.COPY, 1, false)) {
      copier.submit(request("file", "1", "content"));
      copier.submit(request("missing", "2", "content"));
      copier.finish(true, () -> seen.add(copier.bytes()));
      assertThat(copier.files()).isEqualTo(2);
      assertThat(copier.bytes()).isEqualTo(14);
    }
    assertThat(seen).isNotEmpty().last().isEqualTo(14L);
  }
}
