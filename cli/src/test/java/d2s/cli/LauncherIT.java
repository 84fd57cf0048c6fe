package d2s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.testing.ProjectDirectory;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder like that of a release: itself and the jar, and no Maven. */
class LauncherIT {

  private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

  @TempDir private Path directory;
  private Path release;
  private Path home;

  /** What a program said and how it ended. */
  private record Run(int exitCode, String out, String err) {}

  @BeforeEach
  void unpack() throws IOException {
    release = Files.createDirectory(directory.resolve("release"));
    home = Files.createDirectory(directory.resolve("home"));
    Files.copy(ProjectDirectory.root().resolve("d2s"), release.resolve("d2s"));
    assertThat(release.resolve("d2s").toFile().setExecutable(true)).isTrue();
    Files.copy(Path.of("target", "d2s.jar"), release.resolve("d2s.jar"));
  }

  @Test
  void needsOnlyJava() throws Exception {
    Run run = d2s(Path.of(System.getProperty("java.home")), Map.of(), "--version");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("d2s ");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Run run = d2s(directory, Map.of(), "--version");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("Java 17 or newer is needed");
  }

  /** What a command says of the source is believed by the next one. */
  @Test
  void leavesTheSlowerCompilerOutForASmallSource() throws Exception {
    TestDatabase source = TestPostgres.createDatabase("launcher_source");
    try {
      assertThat(options("migrate")).doesNotContain(ONE_COMPILER);
      lookAt(source);
      assertThat(release.resolve("d2s.size")).hasContent("small");
      assertThat(options("migrate")).contains(ONE_COMPILER);
      assertThat(options("verify")).contains(ONE_COMPILER);
      assertThat(options("media")).doesNotContain(ONE_COMPILER);

      Path media = Files.createDirectory(directory.resolve("media"));
      try (RandomAccessFile large = new RandomAccessFile(media.resolve("f").toFile(), "rw")) {
        large.setLength(400_000_000);
      }
      lookAt(source, "--dendrite-media-path", media.toString());
      assertThat(release.resolve("d2s.size")).hasContent("large");
      assertThat(options("migrate")).doesNotContain(ONE_COMPILER);

      Files.delete(release.resolve("d2s.size"));
      Files.createDirectory(release.resolve("d2s.size"));
      lookAt(source);
      assertThat(options("migrate")).doesNotContain(ONE_COMPILER);
    } finally {
      source.drop();
    }
  }

  /** It is no Dendrite's database, which verify says after it knows how large it is. */
  private void lookAt(TestDatabase source, String... more) throws Exception {
    String connection = CommandLineRun.connection(source);
    String other = connection.replace(source.name(), "postgres");
    List<String> words =
        new ArrayList<>(List.of("verify", "--dendrite-db", connection, "--synapse-db", other));
    words.addAll(List.of("--server-name", "example.org"));
    words.addAll(List.of(more));
    Run run = d2s(Path.of(System.getProperty("java.home")), Map.of(), words.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
  }

  private List<String> options(String command) throws Exception {
    Run run = d2s(Path.of(System.getProperty("java.home")), Map.of("D2S_JAVA", "show"), command);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out().lines().toList();
  }

  @Test
  void keepsACacheThatMayAlwaysBeWrong() throws Exception {
    Optional<Path> java = newJava();
    if (java.isEmpty()) {
      // Without a Java that can have one, there must be none.
      d2s(Path.of(System.getProperty("java.home")), Map.of(), "migrate");
      assertThat(caches()).isEmpty();
      return;
    }
    Run first = d2s(java.get(), Map.of(), "migrate");
    assertThat(first.exitCode()).isEqualTo(2);
    assertThat(first.err()).contains("preparing a faster start", "which servers? Give");
    assertThat(first.out()).isEmpty();
    assertThat(caches()).hasSize(1);
    Path cache = caches().get(0);
    long size = Files.size(cache);
    assertThat(size).isPositive();

    Run second = d2s(java.get(), Map.of(), "migrate");
    assertThat(second.err()).doesNotContain("preparing");
    Path log = directory.resolve("classes.log");
    Run shared =
        d2s(
            java.get(),
            Map.of(
                "D2S_JAVA_OPTIONS", "-XX:+UseSerialGC -XX:NewRatio=1 -Xlog:class+load:file=" + log),
            "--version");
    assertThat(shared.exitCode()).isZero();
    assertThat(Files.readString(log)).containsPattern("d2s\\.cli\\.Main source: shared objects");

    Files.writeString(cache, "nonsense");
    assertVersionAlone(d2s(java.get(), Map.of(), "--version"));
    Files.write(cache, new byte[0]);
    assertVersionAlone(d2s(java.get(), Map.of(), "--version"));
    Run off = d2s(java.get(), Map.of("D2S_AOT", "off"), "--version");
    assertVersionAlone(off);
    Run other = d2s(java.get(), Map.of("D2S_JAVA_OPTIONS", "-XX:+UseParallelGC"), "--version");
    assertVersionAlone(other);
  }

  @Test
  void doesWithoutAFolderForTheCache() throws Exception {
    Path java = newJava().orElse(Path.of(System.getProperty("java.home")));
    Files.writeString(home.resolve(".cache"), "a file where the folder should be");
    // Root may write everywhere, so a file stands where the cache would be made.
    List<String> words = List.of("sh", "-c", "chmod a-w .; exec ./d2s --version");
    assertVersionAlone(run(words, java, Map.of("XDG_CACHE_HOME", home + "/.cache/none")));
  }

  private static void assertVersionAlone(Run run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("d2s ").hasLineCount(2);
    assertThat(run.err()).isEmpty();
  }

  private List<Path> caches() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".aot")).toList();
    }
  }

  /** A Java of version 25 or newer on this machine. */
  private static Optional<Path> newJava() throws IOException {
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(all)) {
      for (Path home : homes.toList()) {
        Path release = home.resolve("release");
        if (Files.exists(release)
            && Files.readString(release).matches("(?s).*JAVA_VERSION=\"(2[5-9]|[3-9]\\d).*")) {
          return Optional.of(home);
        }
      }
    }
    return Optional.empty();
  }

  private Run d2s(Path java, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./d2s"));
    command.addAll(List.of(arguments));
    return run(command, java, variables);
  }

  private Run run(List<String> command, Path java, Map<String, String> variables)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(release.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("HOME", home.toString());
    builder.environment().put("JAVA_HOME", java.toString());
    builder.environment().putAll(variables);
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("ended in time").isTrue();
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
