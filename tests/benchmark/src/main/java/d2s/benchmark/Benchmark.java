package d2s.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.cli.sandbox.SynapseInstallation;
import d2s.generator.GeneratedDendrite;
import d2s.generator.random.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the migration against the floor, in turns, and prints medians. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = {
      "Migrates a large Dendrite several times, each time followed by the floor: the same rows read",
      "from files and copied in one transaction, with the same indexes made afterwards, and by a copy",
      "of the source with pg_dump and pg_restore. Checks and verifies each time, too.",
      "Prints the medians, their ratio, rows per second and the memory."
    })
public final class Benchmark implements Callable<Integer> {
  private static final String TARGET = "benchmark_target";
  private static final String FLOOR = "benchmark_floor";
  private static final String COPY = "benchmark_copy";
  private static final String SYNAPSE = "benchmark_synapse";

  @Option(
      names = "--server",
      description = {
        "A PostgreSQL that runs: jdbc:postgresql://host:port/postgres?user=...&password=...",
        "Default: an own one in a temporary directory, with the settings it comes with."
      })
  private String url;

  @Option(
      names = "--events",
      split = ",",
      description = "Size of the generated source, or several; default: 51000.")
  private List<Long> sizes = List.of(51_000L);

  @Option(
      names = "--quick",
      description = "One repetition with 10,000 events, to see that it works.")
  private boolean quick;

  @Option(
      names = "--binaries",
      description = {
        "The folder with pg_dump and pg_restore, no older than the server; default: the path."
      })
  private Path binaries;

  @Option(
      names = "--source",
      description = {
        "A database of that server with a Dendrite; default: one is generated.",
      })
  private String source;

  @Option(
      names = "--keep-source",
      description = "Keep the generated source, under this name, for --source of the next time.")
  private String keep;

  @Option(
      names = "--template",
      description = {
        "A database of that server that Synapse has just initialised; default: one is made,",
        "with a Synapse from PyPI."
      })
  private String template;

  @Option(names = "--heap", description = "Heap of the migration; default: ${DEFAULT-VALUE}.")
  private String heap = "512m";

  @Option(
      names = "--compare",
      description = {
        "Options of Java, in one word: measure the migration with them too, in turns.",
        "For example: --compare '-XX:TieredStopAtLevel=1'"
      })
  private String compare;

  @Option(names = "--repetitions", description = "Default: ${DEFAULT-VALUE}.")
  private int repetitions = 3;

  @Option(
      names = "--recording",
      description = "Write a flight recording of one more run, which does not count, here.")
  private Path recording;

  @Option(names = "--jar", description = "The program; default: ${DEFAULT-VALUE}.")
  private Path jar = Path.of("cli", "target", "d2s.jar");

  @Option(names = "--directory", description = "For temporary files, as large as the database.")
  private Path directory;

  private Benchmark() {}

  /** Runs the program. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new Benchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path work =
        directory == null
            ? Files.createTempDirectory("d2s-benchmark")
            : Files.createDirectories(directory);
    try (DatabaseServer server =
        url == null ? DatabaseServer.start(work) : DatabaseServer.at(url)) {
      if (quick) {
        sizes = List.of(10_000L);
        repetitions = 1;
      }
      for (long events : sizes) {
        measure(server, work, events);
      }
    } finally {
      if (directory == null) {
        remove(work);
      }
    }
    return 0;
  }

  private void measure(DatabaseServer server, Path work, long events) throws Exception {
    String from = source == null ? generate(server, events) : source;
    String synapse = template == null ? initialise(server, work) : template;
    long count = count(server, from);
    double start = MeasuredMigration.start(jar);
    Floor floor = new Floor(work.resolve("rows"));
    List<MeasuredMigration> runs = new ArrayList<>();
    List<MeasuredMigration> others = new ArrayList<>();
    List<Floor.Time> floors = new ArrayList<>();
    say(
        "PostgreSQL %s, %d processors, Java %s, heap %s; %,d events in %s",
        server.version(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        heap,
        count,
        from);
    Downtime downtime = new Downtime(server, jar, work, binaries);
    List<String> options = List.of("-Xmx" + heap);
    for (int i = 0; i < repetitions; i++) {
      server.create(TARGET, synapse);
      downtime.d2s("check", options, from, TARGET);
      double before = downtime.processor().seconds();
      MeasuredMigration run = migrate(server, synapse, from, work, options);
      runs.add(run);
      downtime.add(
          "migrate",
          new MeasuredCommand(
              run.seconds(), run.processor(), downtime.processor().seconds() - before));
      downtime.d2s("verify", options, from, TARGET);
      if (i == 0) {
        try (Connection migrated = server.connect(TARGET);
            Connection fresh = server.connect(synapse)) {
          floor.export(migrated, fresh);
        }
      }
      server.drop(TARGET);
      if (compare != null) {
        List<String> with = new ArrayList<>(options);
        with.addAll(List.of(compare.split(" ")));
        others.add(migrate(server, synapse, from, work, with));
        server.drop(TARGET);
        say("run %d with %s: %.2f s", i + 1, compare, others.get(i).seconds());
      }
      server.create(FLOOR, synapse);
      server.settle();
      try (Connection target = server.connect(FLOOR)) {
        floors.add(floor.load(target));
      }
      server.drop(FLOOR);
      downtime.copy(from, COPY);
      Floor.Time last = floors.get(i);
      say(
          "run %d: migration %.2f s, floor %.2f s, ratio %.2f",
          i + 1, run.seconds(), last.seconds(), (run.seconds() - start) / last.seconds());
    }
    if (recording != null) {
      migrate(
          server,
          synapse,
          from,
          work,
          List.of(
              "-Xmx" + heap,
              "-XX:StartFlightRecording=settings=profile,filename=" + recording.toAbsolutePath()));
      server.drop(TARGET);
    }
    report(count, start, runs, floors);
    downtime.report();
    if (compare != null) {
      MeasuredMigration run = median(runs, MeasuredMigration::seconds);
      MeasuredMigration other = median(others, MeasuredMigration::seconds);
      say("");
      say("| options of Java | migration | processor time | resident |");
      say("|---|---:|---:|---:|");
      for (MeasuredMigration one : List.of(run, other)) {
        say(
            "| %s | %.2f s | %.2f s | %d MB |",
            one == run ? "none" : compare, one.seconds(), one.processor(), one.residentMegabytes());
      }
    }
    if (source == null && keep == null) {
      server.drop(from);
    }
    if (template == null) {
      server.drop(synapse);
    }
  }

  private MeasuredMigration migrate(
      DatabaseServer server, String synapse, String from, Path work, List<String> options)
      throws SQLException, IOException, InterruptedException {
    server.create(TARGET, synapse);
    server.settle();
    return MeasuredMigration.of(jar, options, server.url(from), server.url(TARGET), work);
  }

  private String generate(DatabaseServer server, long events) throws SQLException {
    String name = keep == null ? "benchmark_source" : keep;
    server.create(name, "template0");
    long start = System.nanoTime();
    new GeneratedDendrite(Size.of(events), server.dataSource(name)).write();
    say("generated %,d events in %.1f s", events, (System.nanoTime() - start) / 1e9);
    return name;
  }

  private static String initialise(DatabaseServer server, Path work) throws Exception {
    server.create(SYNAPSE, "template0");
    SynapseInstallation.atDefaultPlace()
        .initialise(server.synapse(SYNAPSE), "large.test", work.resolve("synapse"));
    return SYNAPSE;
  }

  private static long count(DatabaseServer server, String from) throws SQLException {
    try (Connection connection = server.connect(from);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM roomserver_events")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void report(
      long events, double start, List<MeasuredMigration> runs, List<Floor.Time> floors) {
    MeasuredMigration run = median(runs, MeasuredMigration::seconds);
    Floor.Time floor = median(floors, Floor.Time::seconds);
    say("");
    say("| mapping | rows read | rows written | seconds | rows written/s |");
    say("|---|---:|---:|---:|---:|");
    for (JsonNode step : run.result().path("steps")) {
      long written = 0;
      for (JsonNode rows : step.path("rows_written")) {
        written += rows.asLong();
      }
      double seconds = step.path("seconds").asDouble();
      if (seconds >= 0.01 * run.seconds()) {
        say(
            "| %s | %,d | %,d | %.2f | %,.0f |",
            step.path("mapping").asText(),
            step.path("rows_read").asLong(),
            written,
            seconds,
            written / Math.max(seconds, 0.001));
      }
    }
    say("");
    say("| floor: table | rows | MB | copy s | indexes s | rows/s |");
    say("|---|---:|---:|---:|---:|---:|");
    floor.tables().stream()
        .sorted(Comparator.comparing(table -> -(table.copy() + table.indexes())))
        .filter(table -> table.copy() + table.indexes() >= 0.01 * floor.seconds())
        .forEach(
            table ->
                say(
                    "| %s | %,d | %.1f | %.2f | %.2f | %,.0f |",
                    table.table(),
                    table.rows(),
                    table.bytes() / 1e6,
                    table.copy(),
                    table.indexes(),
                    table.rows() / (table.copy() + table.indexes())));
    say("");
    say(
        "| events | rows | MB | migration | of it Java's start | floor | ratio without start |"
            + " events/s | rows/s | processor time | heap | live | resident |");
    say("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    double working = run.seconds() - start;
    say(
        "| %,d | %,d | %.0f | %.2f s | %.2f s | %.2f s | **%.2f** | %,.0f | %,.0f | %.1f s | %d MB |"
            + " %d MB | %d MB |",
        events,
        floor.rows(),
        floor.bytes() / 1e6,
        run.seconds(),
        start,
        floor.seconds(),
        working / floor.seconds(),
        events / working,
        floor.rows() / working,
        run.processor(),
        runs.stream().mapToLong(MeasuredMigration::heapMegabytes).max().orElse(0),
        runs.stream().mapToLong(MeasuredMigration::liveMegabytes).max().orElse(0),
        runs.stream().mapToLong(MeasuredMigration::residentMegabytes).max().orElse(0));
  }

  private static <T> T median(List<T> all, java.util.function.ToDoubleFunction<T> seconds) {
    List<T> sorted = all.stream().sorted(Comparator.comparingDouble(seconds)).toList();
    return sorted.get((sorted.size() - 1) / 2);
  }

  static void say(String format, Object... arguments) {
    System.out.printf(format + "%n", arguments);
  }

  static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
