package d2s.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.cli.sandbox.SynapseInstallation;
import d2s.engine.loader.LayoutsLoader;
import d2s.engine.mapping.Layouts;
import d2s.engine.schema.Catalog;
import d2s.generator.GeneratedDendrite;
import d2s.generator.random.Size;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.catalog.SqliteCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what it costs that a Dendrite has several databases, or SQLite files. */
@Command(
    name = "benchmark layouts",
    mixinStandardHelpOptions = true,
    description = {
      "Migrates one generated Dendrite from one PostgreSQL database, from a database for each",
      "component, and from SQLite files, in turns. Prints time, processor time and memory."
    })
public final class LayoutBenchmark implements Callable<Integer> {

  private static final String SOURCE = "layouts_source";
  private static final String SYNAPSE = "layouts_synapse";
  private static final String TARGET = "layouts_target";
  private static final long PAUSE = 50;

  @Option(names = "--events", description = "Default: ${DEFAULT-VALUE}.")
  private long events = 51_000;

  @Option(names = "--repetitions", description = "Default: ${DEFAULT-VALUE}.")
  private int repetitions = 1;

  @Option(names = "--heap", description = "Heap of the migration; default: ${DEFAULT-VALUE}.")
  private String heap = "512m";

  @Option(names = "--jar", description = "The program; default: ${DEFAULT-VALUE}.")
  private Path jar = Path.of("cli", "target", "d2s.jar");

  @Option(names = "--directory", description = "For everything, five times as large as the source.")
  private Path directory;

  private DatabaseServer server;
  private ServerProcessor processor;
  private Path work;

  private LayoutBenchmark() {}

  /** Runs the program. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new LayoutBenchmark()).execute(arguments));
  }

  /**
   * @param copy seconds that the copy took; 0 if there was none
   * @param java processor seconds of the program
   * @param postgres the same of PostgreSQL, the temporary one included
   * @param resident megabytes
   */
  private record Run(double seconds, double copy, double java, double postgres, long resident) {

    double processor() {
      return java + postgres;
    }
  }

  @Override
  public Integer call() throws Exception {
    work =
        directory == null
            ? Files.createTempDirectory("d2s-benchmark")
            : Files.createDirectories(directory);
    try (DatabaseServer own = DatabaseServer.start(work)) {
      server = own;
      processor = ServerProcessor.of(server);
      measure();
    } finally {
      if (directory == null) {
        Benchmark.remove(work);
      }
    }
    return 0;
  }

  private void measure() throws Exception {
    server.create(SYNAPSE, "template0");
    SynapseInstallation.atDefaultPlace()
        .initialise(server.synapse(SYNAPSE), "large.test", work.resolve("synapse"));
    server.create(SOURCE, "template0");
    new GeneratedDendrite(Size.of(events), server.dataSource(SOURCE)).write();
    Benchmark.say("generated %,d events", events);
    Layouts layouts = LayoutsLoader.loadResources("dendrite-to-synapse").orElseThrow();
    Catalog catalog = BundledCatalogs.read("dendrite-0.13.8");
    Path files = Files.createDirectory(work.resolve("sqlite"));
    try (Connection whole = server.connect(SOURCE)) {
      SqliteCopy.write(whole, catalog, layouts, files);
    }
    List<String> parts = SplitSource.make(server, SOURCE, layouts, catalog);
    Map<String, List<String>> sources = new LinkedHashMap<>();
    sources.put("one PostgreSQL database", List.of(server.url(SOURCE)));
    sources.put("a database for each component", parts.stream().map(server::url).toList());
    sources.put("SQLite files", List.of(files.toString()));
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    for (int i = 0; i < repetitions; i++) {
      for (Map.Entry<String, List<String>> source : sources.entrySet()) {
        Run run = migrate(source.getValue());
        Benchmark.say("%s: %s", source.getKey(), run);
        runs.computeIfAbsent(source.getKey(), name -> new ArrayList<>()).add(run);
      }
    }
    report(runs);
  }

  private Run migrate(List<String> source) throws Exception {
    server.create(TARGET, SYNAPSE);
    server.settle();
    Path staging = Files.createDirectories(work.resolve("staging"));
    List<String> command = new ArrayList<>(MeasuredMigration.java(jar, "migrate"));
    command.addAll(
        List.of(
            "-Xmx" + heap,
            MeasuredMigration.cache(jar),
            "-jar",
            jar.toString(),
            "migrate",
            "--json"));
    source.forEach(one -> command.addAll(List.of("--dendrite-db", one)));
    command.addAll(
        List.of("--synapse-db", server.url(TARGET), "--staging-dir", staging.toString()));
    Path output = work.resolve("migrate.json");
    Path errors = work.resolve("migrate.log");
    StagingProcessor temporary = new StagingProcessor(staging);
    double before = processor.seconds();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    long resident = 0;
    Duration java = Duration.ZERO;
    while (process.isAlive()) {
      resident = Math.max(resident, MeasuredMigration.resident(process.pid()));
      java = process.info().totalCpuDuration().orElse(java);
      temporary.look();
      Thread.sleep(PAUSE);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "d2s migrate failed:\n" + Files.readString(output) + Files.readString(errors));
    }
    Thread.sleep(1000);
    double postgres = processor.seconds() - before + temporary.seconds();
    JsonNode result = new ObjectMapper().readTree(output.toFile());
    double copy = result.at("/layout/seconds").asDouble(0);
    server.drop(TARGET);
    return new Run(seconds, copy, java.toMillis() / 1e3, postgres, resident);
  }

  private void report(Map<String, List<Run>> runs) {
    double least = Double.NaN;
    Benchmark.say("");
    Benchmark.say(
        "| events | source | migration | of it the copy | Java | PostgreSQL | together | more | resident |");
    Benchmark.say("|---:|---|---:|---:|---:|---:|---:|---:|---:|");
    for (Map.Entry<String, List<Run>> entry : runs.entrySet()) {
      List<Run> sorted =
          entry.getValue().stream().sorted(Comparator.comparingDouble(Run::processor)).toList();
      Run run = sorted.get((sorted.size() - 1) / 2);
      least = Double.isNaN(least) ? run.processor() : least;
      Benchmark.say(
          "| %,d | %s | %.1f s | %.1f s | %.1f s | %.1f s | %.1f s | %.2f | %d MB |",
          events,
          entry.getKey(),
          run.seconds(),
          run.copy(),
          run.java(),
          run.postgres(),
          run.processor(),
          run.processor() / least - 1,
          run.resident());
    }
  }
}
