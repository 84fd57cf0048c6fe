package d2s.crash;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.crash.Clock.Side;
import d2s.crash.Tool.Child;
import d2s.crash.Tool.Outcome;
import d2s.engine.loader.LayoutsLoader;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.catalog.BundledRecordings;
import d2s.matrix.catalog.SqliteCopy;
import d2s.testing.ProjectDirectory;
import d2s.testing.TestDatabase;
import d2s.testing.TestDirectory;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Faults while Dendrite's files are brought together in a temporary PostgreSQL. By itself it tries
 * a few; {@code -Dd2s.crash=full} tries each at every moment, {@code -Dd2s.crash=FAULT,...} some.
 */
class StagingCrashIT {

  private static final Path DIRECTORY =
      ProjectDirectory.root().resolve("tests/acceptance/target/staging-crash");
  private static final String RECORDING = "dendrite-0.15.2";

  /** More than d2s asks for before it begins. */
  private static final String DISK = "480m";

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final Pattern RAW =
      Pattern.compile(
          "(?m)^\\s+at [\\w.$]+\\(|Exception|\\bjava\\.|org\\.postgresql|internal error");

  private enum Fault {
    KILL("kill -9", "", 137),
    TERM("SIGTERM", "Interrupted", 143, 130),
    INTERRUPT("Ctrl-C", "Interrupted", 130),
    SERVER(
        "its server is killed",
        "connection.*lost|terminat|refused|nothing listens|does not start",
        3,
        4),
    DISK_FULL("disk full", "[Nn]o space left|disk .*full|MB free", 3, 4);

    private final String title;
    private final Pattern said;
    private final List<Integer> exitCodes;

    Fault(String title, String said, Integer... exitCodes) {
      this.title = title;
      this.said = Pattern.compile(said);
      this.exitCodes = List.of(exitCodes);
    }
  }

  /** Of a run that is not tried in full. Killing it is tried by the tests of the commands. */
  private static final Map<Fault, List<StagingMoment>> SHORT =
      Map.of(
          Fault.TERM, List.of(StagingMoment.LOAD),
          Fault.DISK_FULL, List.of(StagingMoment.ROWS));

  private final List<String> bad = new ArrayList<>();
  private Disk disk;
  private Path staging;
  private Path files;
  private Map<String, String> source;
  private TestDatabase empty;
  private Fingerprint before;
  private Fingerprint complete;

  @Test
  void nothingIsLostAndNothingStays() throws Exception {
    String given = System.getProperty("d2s.crash", "");
    long start = System.nanoTime();
    int cells = 0;
    Disk.release(DIRECTORY.resolve("disk"));
    TestDirectory.empty(DIRECTORY);
    disk = Disk.mount(DIRECTORY.resolve("disk"), DISK);
    try {
      begin();
      for (Fault fault : Fault.values()) {
        for (StagingMoment moment : StagingMoment.values()) {
          boolean wanted =
              given.isEmpty()
                  ? SHORT.getOrDefault(fault, List.of()).contains(moment)
                  : given.equals("full") || given.contains(fault.name().toLowerCase());
          // There is no server yet.
          boolean possible = fault != Fault.SERVER || moment.compareTo(StagingMoment.SERVER) >= 0;
          if (fault == Fault.DISK_FULL && !disk.isReal()) {
            System.out.println("Not tried, because only root may mount a disk: " + fault.title);
          } else if (wanted && possible) {
            runCell(fault, moment);
            cells++;
          }
        }
      }
    } finally {
      disk.close();
    }
    System.out.printf(
        "%d cells of staging in %d s, %d wrong%n",
        cells, (System.nanoTime() - start) / 1_000_000_000, bad.size());
    assertThat(bad).isEmpty();
  }

  private void begin() throws Exception {
    staging = disk.folder("staging");
    files = Files.createDirectories(DIRECTORY.resolve("dendrite"));
    TestDatabase whole = TestPostgres.createDatabase("dendrite");
    try (Connection connection = whole.connect()) {
      BundledRecordings.restore(RECORDING, connection);
      SqliteCopy.write(
          connection,
          BundledCatalogs.read(RECORDING),
          LayoutsLoader.loadResources("dendrite-to-synapse").orElseThrow(),
          files);
    }
    whole.drop();
    source = Homeservers.files(files);
    empty = TestPostgres.createDatabase("empty");
    Homeservers.synapse(empty);
    before = Fingerprint.of(empty);
  }

  private void runCell(Fault fault, StagingMoment moment) throws Exception {
    String cell = fault.title + " when " + moment.title();
    List<String> problems = new ArrayList<>();
    Path place = Files.createDirectories(DIRECTORY.resolve(fault + "-" + moment));
    Path temporary = Files.createDirectories(place.resolve("tmp"));
    Path log = place.resolve("log");
    TestDatabase target = empty.copy("synapse");
    Clock clock = new Clock();
    boolean[] loading = {false};
    clock.reset(message -> loading[0] |= message.sql().toLowerCase().startsWith("copy "));
    long server;
    Outcome outcome;
    try (PostgresProxy network = new PostgresProxy(target::port, clock, Side.TARGET);
        Child child = Tool.start(arguments(network.port(), target), temporary, log)) {
      await(moment, child, log, loading);
      server = server();
      strike(fault, child, server);
      outcome = child.await();
    }
    disk.clear();
    // A disk that only fills up later may be large enough for the rest.
    boolean done = fault == Fault.DISK_FULL && outcome.exitCode() == 0;
    if (!done) {
      judge(fault, outcome, problems);
      differences(before, Fingerprint.of(target), problems);
    }
    if (fault != Fault.KILL) {
      nothingIsLeft(staging, problems);
      nothingIsLeft(temporary, problems);
    }

    Outcome second = Tool.here(arguments(target.port(), target));
    if (second.exitCode() != (done ? 3 : 0)) {
      problems.add("the second run ends with " + second.exitCode() + ": " + second.output());
    }
    Fingerprint loaded = countingRows(Fingerprint.of(target));
    complete = complete == null ? loaded : complete;
    differences(complete, loaded, problems);
    nothingIsLeft(staging, problems);
    if (server > 0 && ProcessHandle.of(server).filter(ProcessHandle::isAlive).isPresent()) {
      problems.add("its server still runs");
    }
    if (!Homeservers.files(files).equals(source)) {
      problems.add("the source was changed");
    }
    target.drop();
    problems.forEach(problem -> bad.add(cell + ": " + problem));
  }

  private List<String> arguments(int port, TestDatabase target) {
    return List.of(
        "migrate",
        "--dendrite-db",
        files.toString(),
        "--synapse-db",
        "host=localhost port=%d dbname=%s user=%s password=unused sslmode=disable"
            .formatted(port, target.name(), target.user()),
        "--staging-dir",
        staging.toString(),
        "-v");
  }

  private void await(StagingMoment moment, Child child, Path log, boolean[] loading)
      throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!moment.hasCome(staging, StagingMoment.text(log), loading[0])) {
      if (!child.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("it did not come so far: " + StagingMoment.text(log));
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** The process of the temporary PostgreSQL; 0 if there is none yet. */
  private long server() throws IOException {
    Path folder = StagingMoment.folder(staging).orElse(staging);
    String file = StagingMoment.text(folder.resolve("data/postmaster.pid"));
    return file.isEmpty() ? 0 : Long.parseLong(file.lines().findFirst().orElse("0").strip());
  }

  private void strike(Fault fault, Child child, long server) throws IOException {
    switch (fault) {
      case KILL -> child.signal("KILL");
      case TERM -> child.signal("TERM");
      case INTERRUPT -> child.signal("INT");
      case SERVER -> ProcessHandle.of(server).orElseThrow().destroyForcibly();
      case DISK_FULL -> disk.fill();
    }
  }

  private static void judge(Fault fault, Outcome outcome, List<String> problems) {
    String said = outcome.output();
    if (!fault.exitCodes.contains(outcome.exitCode())) {
      problems.add("it ends with " + outcome.exitCode() + ": " + said);
    } else if (!fault.said.matcher(said.replaceAll("\\s+", " ")).find()) {
      problems.add("it does not say what happened: " + said);
    } else if (fault != Fault.KILL && RAW.matcher(said).find()) {
      problems.add("raw: " + said);
    } else if (fault == Fault.DISK_FULL && !said.contains("--staging-dir")) {
      problems.add("it does not say what to do: " + said);
    }
  }

  /** Rows have the time of their run in them, or a random number. */
  private static Fingerprint countingRows(Fingerprint fingerprint) {
    return fingerprint.counting(
        fingerprint.parts().keySet().stream()
            .filter(name -> name.startsWith("rows of "))
            .collect(Collectors.toSet()));
  }

  private static void differences(Fingerprint expected, Fingerprint found, List<String> problems) {
    List<String> differences = expected.differences(found);
    if (!differences.isEmpty()) {
      problems.add("the target differs: " + differences);
    }
  }

  private static void nothingIsLeft(Path folder, List<String> problems) throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      left.filter(path -> !path.getFileName().toString().startsWith("hsperf"))
          .forEach(path -> problems.add("left behind: " + path));
    }
  }
}
