package d2s.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of the program as users run it: a process of its own.
 *
 * @param seconds wall time from its start to its end
 * @param processor seconds of processor time, of the program alone: it hardly depends on what else
 *     the machine does
 * @param residentMegabytes the most memory that the process had
 * @param heapMegabytes the most that the heap held when it was full, rubbish included
 * @param liveMegabytes the most that was left after a collection
 * @param result what {@code --json} wrote
 */
record MeasuredMigration(
    double seconds,
    double processor,
    long residentMegabytes,
    long heapMegabytes,
    long liveMegabytes,
    JsonNode result) {

  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");
  private static final Pattern HIGHEST = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final long PAUSE = 20;

  /**
   * Runs {@code d2s migrate}.
   *
   * @param options of Java
   * @throws IllegalStateException if it fails; its message is what the program said
   */
  static MeasuredMigration of(
      Path jar, List<String> options, String source, String target, Path directory)
      throws IOException, InterruptedException {
    Path collections = directory.resolve("gc.log");
    Path output = directory.resolve("migrate.json");
    Path errors = directory.resolve("migrate.log");
    Files.deleteIfExists(collections);
    List<String> command = new ArrayList<>(java(jar, "migrate"));
    command.addAll(options);
    // Otherwise a flight recording says in the output that it has begun.
    command.addAll(List.of("-Xlog:disable", "-Xlog:gc:file=" + collections));
    command.addAll(
        List.of(
            cache(jar),
            "-jar",
            jar.toString(),
            "migrate",
            "--json",
            "--dendrite-db",
            source,
            "--synapse-db",
            target));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    long resident = 0;
    Duration processor = Duration.ZERO;
    while (process.isAlive()) {
      resident = Math.max(resident, resident(process.pid()));
      processor = process.info().totalCpuDuration().orElse(processor);
      Thread.sleep(PAUSE);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "d2s migrate failed:\n" + Files.readString(output) + Files.readString(errors));
    }
    long heap = 0;
    long live = 0;
    Matcher matcher = COLLECTION.matcher(Files.readString(collections));
    while (matcher.find()) {
      heap = Math.max(heap, Long.parseLong(matcher.group(1)));
      live = Math.max(live, Long.parseLong(matcher.group(2)));
    }
    return new MeasuredMigration(
        seconds,
        processor.toMillis() / 1e3,
        resident,
        heap,
        live,
        new ObjectMapper().readTree(output.toFile()));
  }

  /** Seconds that the program takes to start and end without doing anything. */
  static double start(Path jar) throws IOException, InterruptedException {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      List<String> command = new ArrayList<>(java(jar, "--version"));
      command.addAll(List.of("-jar", jar.toString(), "--version"));
      long start = System.nanoTime();
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    return best;
  }

  /** Java, with the options that the launcher gives it for a command. */
  static List<String> java(Path jar, String command) throws IOException, InterruptedException {
    Path launcher = jar.toAbsolutePath().getParent().resolve("../../d2s").normalize();
    ProcessBuilder builder = new ProcessBuilder(launcher.toString(), command);
    builder.environment().put("D2S_JAVA", "show");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> words =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(launcher + " does not say how it runs " + command);
    }
    return words;
  }

  /** Where the launcher would find the next time how large the source is. */
  static String cache(Path jar) {
    return "-Dd2s.cache=" + jar.toAbsolutePath().getParent();
  }

  /** Megabytes; 0 where the system does not tell. */
  static long resident(long process) {
    try {
      Matcher matcher = HIGHEST.matcher(Files.readString(Path.of("/proc/" + process + "/status")));
      return matcher.find() ? Long.parseLong(matcher.group(1)) / 1024 : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
