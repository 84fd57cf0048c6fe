package d2s.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an administrator waits for, check and migration and verification, beside what they could do
 * instead: copy the source as it is, with pg_dump and pg_restore.
 */
final class Downtime {

  private static final String COPY = "dump and restore";
  private static final String WHOLE = "downtime";

  private final DatabaseServer server;
  private final ServerProcessor processor;
  private final Path jar;
  private final Path work;
  private final Path binaries;
  private final Map<String, List<MeasuredCommand>> runs = new LinkedHashMap<>();

  /**
   * @param binaries the folder with pg_dump and pg_restore; null for those on the path
   */
  Downtime(DatabaseServer server, Path jar, Path work, Path binaries) throws SQLException {
    this.server = server;
    this.processor = ServerProcessor.of(server);
    this.jar = jar;
    this.work = work;
    this.binaries = binaries;
  }

  ServerProcessor processor() {
    return processor;
  }

  /** Runs {@code d2s check} or {@code d2s verify}. */
  MeasuredCommand d2s(String name, List<String> options, String source, String target)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(MeasuredMigration.java(jar, name));
    command.addAll(options);
    command.addAll(
        List.of(
            MeasuredMigration.cache(jar),
            "-jar",
            jar.toString(),
            name,
            "--dendrite-db",
            server.url(source),
            "--synapse-db",
            server.url(target)));
    if (name.equals("check")) {
      // There are no folders, and it is meant so: otherwise the check warns, and ends with it.
      command.addAll(List.of("--media-mode", "none"));
    }
    return add(name, MeasuredCommand.of(processor, work, List.of(command)));
  }

  MeasuredCommand add(String name, MeasuredCommand run) {
    runs.computeIfAbsent(name, n -> new ArrayList<>()).add(run);
    return run;
  }

  /** Copies the source into an empty database, which is dropped afterwards. */
  void copy(String source, String copy) throws SQLException, IOException, InterruptedException {
    if (!canCopy()) {
      return;
    }
    server.create(copy, "template0");
    server.settle();
    List<String> dump = List.of(program("pg_dump"), "-Fc", "-d", server.libpqUrl(source));
    List<String> restore = List.of(program("pg_restore"), "-d", server.libpqUrl(copy));
    add(COPY, MeasuredCommand.of(processor, work, List.of(dump, restore)));
    server.drop(copy);
  }

  private String program(String name) {
    return binaries == null ? name : binaries.resolve(name).toString();
  }

  /** pg_dump refuses a server that is newer than itself. */
  private boolean canCopy() throws SQLException, IOException, InterruptedException {
    try {
      Process version = new ProcessBuilder(program("pg_dump"), "--version").start();
      String said = new String(version.getInputStream().readAllBytes(), UTF_8).strip();
      int own = Integer.parseInt(said.replaceFirst("^\\D*(\\d+).*$", "$1"));
      int its = Integer.parseInt(server.version().replaceFirst("^(\\d+).*$", "$1"));
      if (own >= its) {
        return true;
      }
      Benchmark.say(
          "Not measured: dump and restore. pg_dump is version %d, PostgreSQL %d; use --server or"
              + " --binaries.",
          own, its);
    } catch (IOException e) {
      Benchmark.say("Not measured: dump and restore. There is no pg_dump; use --binaries.");
    }
    return false;
  }

  /** Prints the medians. */
  void report() {
    List<MeasuredCommand> whole = new ArrayList<>();
    for (int i = 0; i < runs.get("migrate").size(); i++) {
      whole.add(
          runs.get("check")
              .get(i)
              .plus(runs.get("migrate").get(i))
              .plus(runs.get("verify").get(i)));
    }
    Map<String, List<MeasuredCommand>> all = new LinkedHashMap<>(runs);
    List<MeasuredCommand> copies = all.remove(COPY);
    all.put(WHOLE, whole);
    double copy = copies == null ? Double.NaN : median(copies).seconds();
    if (copies != null) {
      all.put(COPY, copies);
    }
    Benchmark.say("");
    Benchmark.say(
        "| | seconds | times dump and restore | processor s of the programs | of PostgreSQL |");
    Benchmark.say("|---|---:|---:|---:|---:|");
    all.forEach(
        (name, measured) -> {
          MeasuredCommand one = median(measured);
          Benchmark.say(
              "| %s | %.2f | %s | %.2f | %.2f |",
              name,
              one.seconds(),
              Double.isNaN(copy) ? "-" : "%.2f".formatted(one.seconds() / copy),
              one.processor(),
              one.server());
        });
  }

  private static MeasuredCommand median(List<MeasuredCommand> all) {
    List<MeasuredCommand> sorted =
        all.stream().sorted(Comparator.comparingDouble(MeasuredCommand::seconds)).toList();
    return sorted.get((sorted.size() - 1) / 2);
  }
}
