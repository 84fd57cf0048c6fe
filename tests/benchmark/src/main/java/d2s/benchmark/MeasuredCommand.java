package d2s.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of programs, each of which reads what the one before it writes.
 *
 * @param seconds from the start of the first to the end of the last
 * @param processor seconds of processor time of the programs
 * @param server seconds of processor time of PostgreSQL meanwhile; NaN if it is elsewhere
 */
record MeasuredCommand(double seconds, double processor, double server) {

  private static final long PAUSE = 10;

  /** PostgreSQL counts a session only when its process has ended. */
  private static final long SETTLE = 300;

  /**
   * Runs them.
   *
   * @throws IllegalStateException if one fails; its message is what they said
   */
  static MeasuredCommand of(ServerProcessor server, Path directory, List<List<String>> commands)
      throws IOException, InterruptedException {
    Path said = directory.resolve("command.log");
    List<ProcessBuilder> builders =
        commands.stream()
            .map(
                command ->
                    new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(said.toFile())))
            .toList();
    builders
        .get(builders.size() - 1)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()));
    Files.deleteIfExists(said);
    double before = server.seconds();
    long start = System.nanoTime();
    List<Process> running = ProcessBuilder.startPipeline(builders);
    List<Duration> processor = new ArrayList<>(running.stream().map(p -> Duration.ZERO).toList());
    while (running.stream().anyMatch(Process::isAlive)) {
      for (int i = 0; i < running.size(); i++) {
        Duration known = processor.get(i);
        processor.set(i, running.get(i).info().totalCpuDuration().orElse(known));
      }
      Thread.sleep(PAUSE);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    for (Process one : running) {
      if (one.waitFor() != 0) {
        throw new IllegalStateException(commands + " failed:\n" + Files.readString(said));
      }
    }
    Thread.sleep(SETTLE);
    return new MeasuredCommand(
        seconds,
        processor.stream().mapToLong(Duration::toMillis).sum() / 1e3,
        server.seconds() - before);
  }

  MeasuredCommand plus(MeasuredCommand other) {
    return new MeasuredCommand(
        seconds + other.seconds, processor + other.processor, server + other.server);
  }
}
