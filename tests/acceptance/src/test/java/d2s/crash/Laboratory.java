package d2s.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.crash.Clock.Message;
import d2s.crash.Clock.Side;
import d2s.crash.Tool.Child;
import d2s.crash.Tool.Outcome;
import d2s.testing.TestDatabase;
import d2s.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Two servers, the networks to them, the disks, and one migration after the other. */
final class Laboratory implements AutoCloseable {

  private static final String SOURCE = "dendrite";
  private static final String EMPTY = "synapse_empty";
  private static final String TARGET = "synapse";
  private static final long EVENTS = 1_500;
  private static final String TARGET_DISK_NAME = "target-disk";
  private static final String MEDIA_DISK_NAME = "media-disk";
  private static final String LOG_DISK_NAME = "log-disk";
  private static final String TARGET_DISK = "160m";
  private static final String LOG_DISK = "320m";
  private static final String MEDIA_DISK = "16m";

  /** Tables with the time of the run in their rows. */
  private static final int TIMED = 3;

  private static final long CANCELLING_MILLIS = 2_500;
  private static final long PATIENCE_MILLIS = 15_000;

  private static final Pattern RAW =
      Pattern.compile("(?m)^\\s+at [\\w.$]+\\(|Exception|\\bjava\\.|org\\.postgresql");

  private final Path directory;
  private final Cluster sourceServer;
  private final Cluster targetServer;
  private final Clock clock = new Clock();
  private final PostgresProxy sourceNetwork;
  private final PostgresProxy targetNetwork;
  private final TestDatabase dendrite;
  private final Path media;
  private final Disk targetDisk;
  private final Disk mediaDisk;
  private final Disk logDisk;
  private Fingerprint source;
  private Fingerprint before;
  private Set<String> timed = Set.of();
  private Fingerprint complete;
  private Map<String, String> files;
  private long messages;
  private Map<String, Set<String>> phases;
  private int number;

  /** Whether the target's server has been stopped in this cell. */
  private boolean recovered;

  /**
   * How a cell ended.
   *
   * @param sign {@code 0} nothing was loaded, {@code 1} everything, {@code -} the run was over
   *     before the point
   * @param problems what was not as it must be
   */
  record Verdict(String sign, List<String> problems, String output) {}

  Laboratory(Path directory) throws Exception {
    for (String disk : List.of(TARGET_DISK_NAME, MEDIA_DISK_NAME, LOG_DISK_NAME)) {
      // Of a test that was killed.
      Disk.release(directory.resolve(disk));
    }
    this.directory = TestDirectory.empty(directory);
    // What is written survives the end of all processes also without fsync.
    Map<String, String> settings = Map.of("fsync", "off", "max_connections", "60");
    sourceServer = Cluster.start(directory.resolve("source"), settings);
    logDisk = Disk.mount(directory.resolve(LOG_DISK_NAME), LOG_DISK);
    Map<String, String> small = new LinkedHashMap<>(settings);
    small.putAll(Map.of("min_wal_size", "32MB", "max_wal_size", "128MB"));
    targetServer = Cluster.start(directory.resolve("target"), small, logDisk.folder("log"));
    sourceNetwork = new PostgresProxy(sourceServer::port, clock, Side.SOURCE);
    targetNetwork = new PostgresProxy(targetServer::port, clock, Side.TARGET);
    media = directory.resolve("dendrite-media");
    targetDisk = Disk.mount(directory.resolve(TARGET_DISK_NAME), TARGET_DISK);
    mediaDisk = Disk.mount(directory.resolve(MEDIA_DISK_NAME), MEDIA_DISK);
    dendrite = sourceServer.database(SOURCE);
  }

  /** Makes both homeservers and measures a run. */
  void begin() throws Exception {
    sourceServer.create(SOURCE);
    Homeservers.dendrite(dendrite, EVENTS, media);
    Homeservers.synapse(targetServer.create(EMPTY));
    if (targetDisk.isReal()) {
      targetServer.execute(
          "create tablespace small location '" + targetDisk.folder("tablespace") + "'");
    }
    measure();
  }

  boolean canMount() {
    return targetDisk.isReal();
  }

  /** Two runs without a fault: what they come to, and how long they are. */
  private void measure() throws Exception {
    source = Fingerprint.of(dendrite);
    TestDatabase target = targetServer.copy(EMPTY, TARGET, "");
    before = Fingerprint.of(target);
    plan();
    for (int i = 0; i < 2; i++) {
      targetServer.drop(TARGET);
      target = targetServer.copy(EMPTY, TARGET, "");
      clock.reset(message -> {});
      Path folder = TestDirectory.empty(directory.resolve("store"));
      Outcome outcome = Tool.here(arguments(folder));
      require(outcome.exitCode() == 0, outcome.output());
      messages = clock.messages();
      Fingerprint now = Fingerprint.of(target);
      if (complete != null) {
        // Rows with the time of the run in them.
        timed = complete.differentParts(now);
        now = now.counting(timed);
        require(
            timed.size() <= TIMED && complete.counting(timed).equals(now),
            "two runs differ: " + timed);
      }
      complete = now;
      files = Homeservers.files(folder);
    }
    before = before.counting(timed);
    require(!complete.equals(before) && files.size() > 50, "a run loads something");
    targetServer.drop(TARGET);
  }

  private void plan() throws IOException {
    List<String> command = new ArrayList<>(arguments(directory.resolve("store")));
    command.set(0, "plan");
    Outcome outcome = Tool.here(withoutMedia(command));
    require(outcome.exitCode() == 0, outcome.output());
    phases = new LinkedHashMap<>();
    Set<String> known = new LinkedHashSet<>();
    String json = outcome.output().substring(outcome.output().indexOf('{'));
    JsonNode document = new ObjectMapper().readTree(json);
    for (JsonNode step : document.path("steps")) {
      for (JsonNode table : step.path("fills")) {
        if (known.add(table.asText())) {
          phases
              .computeIfAbsent(step.path("phase").asText(), any -> new LinkedHashSet<>())
              .add(table.asText());
        }
      }
    }
    require(phases.size() > 5, outcome.output());
  }

  private static List<String> withoutMedia(List<String> arguments) {
    List<String> rest = new ArrayList<>(arguments.subList(0, 5));
    rest.add("--json");
    return rest;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  /** All points of a run. */
  List<Point> points() {
    List<Point> points = new ArrayList<>(Point.tenths(messages));
    points.addAll(Point.phases(phases));
    points.addAll(Point.borders());
    points.add(Point.COMMIT);
    points.add(Point.ANSWER);
    return points;
  }

  private List<String> arguments(Path store) {
    return List.of(
        "migrate",
        "--dendrite-db",
        connection(sourceNetwork.port(), SOURCE),
        "--synapse-db",
        connection(targetNetwork.port(), TARGET),
        "--dendrite-media-path",
        media.toString(),
        "--synapse-media-path",
        store.toString());
  }

  private static String connection(int port, String database) {
    return "host=127.0.0.1 port=%d dbname=%s user=postgres password=unused sslmode=disable"
        .formatted(port, database);
  }

  /** One run with a fault, and one after it. */
  Verdict run(Fault fault, Point point) throws Exception {
    number++;
    recovered = false;
    Path place = Files.createDirectories(directory.resolve("cells").resolve("" + number));
    Path temporary = Files.createDirectories(place.resolve("tmp"));
    Path store =
        fault == Fault.MEDIA_FULL
            ? TestDirectory.empty(mediaDisk.folder("store"))
            : place.resolve("store");
    TestDatabase target =
        targetServer.copy(EMPTY, TARGET, fault == Fault.TARGET_FULL ? "tablespace small" : "");
    Strike strike = new Strike(fault, point);
    clock.reset(strike);
    Outcome outcome;
    if (fault.isInChild()) {
      try (Child child = Tool.start(arguments(store), temporary, place.resolve("log"))) {
        strike.child.complete(child);
        outcome = child.await();
      }
    } else {
      outcome = Tool.here(arguments(store));
    }
    clock.reset(message -> {});
    strike.end();
    List<String> problems = new ArrayList<>();
    awaitNoSessions(target, problems);
    judge(fault, strike, outcome, target, store, problems);
    boolean loaded = fingerprint(target).equals(complete);
    Outcome second = Tool.here(arguments(store));
    if (loaded) {
      expect(second.exitCode() == 3, "second run ends with " + second.exitCode(), problems);
      expect(
          second.output().contains("an earlier run has loaded it"),
          "the second run does not say that all is there: " + second.output(),
          problems);
    } else {
      expect(second.exitCode() == 0, "the second run fails: " + second.output(), problems);
    }
    differences("after the second run", complete, fingerprint(target), problems);
    expect(Homeservers.files(store).equals(files), "other files after the second run", problems);
    differences("the source", source, Fingerprint.of(dendrite), problems);
    try (Stream<Path> left = Files.list(temporary)) {
      left.filter(path -> !path.getFileName().toString().startsWith("hsperf"))
          .forEach(path -> problems.add("left behind: " + path));
    }
    targetServer.drop(TARGET);
    TestDirectory.empty(store);
    String sign = !strike.hasStruck ? "-" : loaded ? "1" : "0";
    return new Verdict(sign, problems, outcome.output());
  }

  private void judge(
      Fault fault,
      Strike strike,
      Outcome outcome,
      TestDatabase target,
      Path store,
      List<String> problems)
      throws Exception {
    Fingerprint now = fingerprint(target);
    String said = outcome.output();
    boolean loaded = now.equals(complete);
    if (!loaded) {
      differences("the target", before, now, problems);
    }
    differences("the source", source, Fingerprint.of(dendrite), problems);
    Homeservers.files(store)
        .forEach(
            (file, hash) -> {
              boolean temporary = Path.of(file).getFileName().toString().startsWith("~");
              if (!temporary && !hash.equals(files.get(file))) {
                problems.add("not whole: " + file);
              }
              if (temporary && fault != Fault.KILL) {
                problems.add("left behind: " + file);
              }
            });
    if (fault == Fault.KILL && strike.hasStruck) {
      expect(outcome.exitCode() == 137, "it was not killed", problems);
      return;
    }
    expect(!RAW.matcher(said).find(), "raw: " + said, problems);
    if (outcome.exitCode() == 0) {
      expect(loaded, "it says that it has loaded: " + said, problems);
      return;
    }
    expect(
        strike.hasStruck && fault.mayEndWith(outcome.exitCode()),
        "it ends with " + outcome.exitCode() + ": " + said,
        problems);
    expect(fault.isToldBy(said), "it does not say what happened: " + said, problems);
    if (said.contains("obody knows")) {
      expect(
          strike.point.isAnswer() || strike.point == Point.COMMIT, "it knows: " + said, problems);
    } else if (loaded) {
      expect(
          said.contains("complete before the interrupt"),
          "everything is loaded, which it denies: " + said,
          problems);
    } else {
      expect(
          said.contains("rolled back") || said.contains("othing was changed"),
          "it does not say what became of the target: " + said,
          problems);
    }
  }

  private Fingerprint fingerprint(TestDatabase target) throws SQLException {
    Fingerprint found = Fingerprint.of(target).counting(timed);
    return recovered && found.withSequencesOf(complete).equals(complete) ? complete : found;
  }

  private static void differences(
      String what, Fingerprint expected, Fingerprint found, List<String> problems) {
    List<String> differences = expected.differences(found);
    if (!differences.isEmpty()) {
      problems.add(
          what
              + " differs in "
              + differences.size()
              + " parts: "
              + differences.subList(0, Math.min(3, differences.size())));
    }
  }

  private static void expect(boolean holds, String otherwise, List<String> problems) {
    if (!holds) {
      problems.add(otherwise);
    }
  }

  /** What is left of a run in a server must go by itself. */
  private void awaitNoSessions(TestDatabase target, List<String> problems) throws Exception {
    for (TestDatabase one : List.of(dendrite, target)) {
      long end = System.currentTimeMillis() + PATIENCE_MILLIS;
      List<String> sessions = sessions(one);
      while (!sessions.isEmpty() && System.currentTimeMillis() < end) {
        TimeUnit.MILLISECONDS.sleep(20);
        sessions = sessions(one);
      }
      expect(sessions.isEmpty(), "sessions remain: " + sessions, problems);
    }
  }

  private static List<String> sessions(TestDatabase database) throws SQLException {
    return database.rows("select pid " + SESSIONS);
  }

  private static final String SESSIONS =
      "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

  /** Lets a fault happen at a point, once. */
  private final class Strike implements Clock.Listener {
    private final Fault fault;
    private final Point point;
    private final java.util.concurrent.CompletableFuture<Child> child =
        new java.util.concurrent.CompletableFuture<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean hasStruck;
    private volatile boolean isOver;

    private Strike(Fault fault, Point point) {
      this.fault = fault;
      this.point = point;
    }

    @Override
    public void sent(Message message) {
      if (!hasStruck && point.isIt().test(message)) {
        hasStruck = true;
        strike();
      }
    }

    @Override
    public boolean committed() {
      if (hasStruck || !point.isAnswer()) {
        return false;
      }
      hasStruck = true;
      strike();
      switch (fault) {
        case TARGET_ENDED, TARGET_STOPPED, TARGET_LOG_FULL -> targetNetwork.cut();
        case KILL, SILENCE, TARGET_CUT -> {}
        default -> {
          return false;
        }
      }
      return true;
    }

    private void strike() {
      try {
        switch (fault) {
          case KILL -> child.get().signal("KILL");
          case TERM -> child.get().signal("TERM");
          case INTERRUPT -> child.get().signal("INT");
          case INTERRUPT_TWICE -> {
            child.get().signal("INT");
            later(100, () -> child.get().signal("INT"));
          }
          case SILENCE -> {
            sourceNetwork.fallSilent();
            targetNetwork.fallSilent();
            later(500, () -> child.get().signal("INT"));
          }
          case SOURCE_ENDED -> end(dendrite);
          case TARGET_ENDED -> end(targetServer.database(TARGET));
          case SOURCE_CANCELLED -> later(0, () -> cancel(sourceServer, SOURCE));
          case TARGET_CANCELLED -> later(0, () -> cancel(targetServer, TARGET));
          case SOURCE_STOPPED -> sourceServer.stopImmediately();
          case TARGET_STOPPED -> targetServer.stopImmediately();
          case SOURCE_CUT -> sourceNetwork.cut();
          case TARGET_CUT -> targetNetwork.cut();
          case TARGET_FULL -> targetDisk.fill();
          case TARGET_LOG_FULL -> {
            logDisk.fill();
            targetServer.writeLogUntilItStops();
          }
          case MEDIA_FULL -> mediaDisk.fill();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private interface Work {
      void run() throws Exception;
    }

    private void later(long millis, Work work) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  TimeUnit.MILLISECONDS.sleep(millis);
                  work.run();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              "strike");
      threads.add(thread);
      thread.start();
    }

    private void end(TestDatabase database) throws SQLException {
      database.rows("select pg_terminate_backend(pid, 5000) " + SESSIONS);
    }

    /**
     * As often as it takes to meet each session at work. Not from the database itself, in which d2s
     * would refuse to have company.
     */
    private void cancel(Cluster server, String database) throws Exception {
      long end = System.currentTimeMillis() + CANCELLING_MILLIS;
      try (var connection = server.database("postgres").connect();
          var statement = connection.createStatement()) {
        while (!isOver && System.currentTimeMillis() < end) {
          statement.execute(
              "select pg_cancel_backend(pid) from pg_stat_activity where datname = '"
                  + database
                  + "'");
          TimeUnit.MILLISECONDS.sleep(1);
        }
      }
    }

    /** Makes everything work again. */
    private void end() throws Exception {
      isOver = true;
      for (Thread thread : threads) {
        thread.join();
      }
      if (hasStruck && fault == Fault.SOURCE_STOPPED) {
        sourceServer.startAgain();
      }
      if (hasStruck && fault == Fault.TARGET_STOPPED) {
        targetServer.startAgain();
        recovered = true;
      }
      targetDisk.clear();
      mediaDisk.clear();
      logDisk.clear();
      if (hasStruck && fault == Fault.TARGET_LOG_FULL) {
        targetServer.restart();
        recovered = true;
      }
      sourceNetwork.restore();
      targetNetwork.restore();
    }
  }

  @Override
  public void close() throws IOException {
    sourceNetwork.close();
    targetNetwork.close();
    sourceServer.close();
    targetServer.close();
    targetDisk.close();
    mediaDisk.close();
    logDisk.close();
  }
}
