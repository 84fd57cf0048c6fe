package d2s.cli.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program whose output is kept in a file, so that a long-winded program never blocks
 * on a full pipe and a failure can be read afterwards.
 *
 * @param exitCode what the program returned; {@link #NOT_STARTED} if there is no such program,
 *     {@link #TIMED_OUT} if it was stopped because it took too long
 * @param output standard output and standard error, interleaved
 */
public record ExternalCommand(int exitCode, String output) {
  static final int NOT_STARTED = -1;
  static final int TIMED_OUT = -2;

  /**
   * Runs a program to its end.
   *
   * @param command program and arguments
   * @param log file that receives the output; overwritten
   * @param patience how long to wait before the program is stopped
   * @throws IOException if the log cannot be written or read
   */
  public static ExternalCommand run(List<String> command, Path log, Duration patience)
      throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(nowhere().toFile()))
              .start();
    } catch (IOException e) {
      return new ExternalCommand(NOT_STARTED, String.valueOf(e.getMessage()));
    }
    try {
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return new ExternalCommand(process.exitValue(), read(log));
      }
      process.destroyForcibly().waitFor();
      return new ExternalCommand(TIMED_OUT, read(log));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return new ExternalCommand(TIMED_OUT, read(log));
    }
  }

  public boolean succeeded() {
    return exitCode == 0;
  }

  /** The last line that says something: Python and pip put the reason there. */
  String lastLine() {
    return output
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .map(String::strip)
        .orElse("it printed nothing");
  }

  private static Path nowhere() {
    return Path.of(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
  }

  private static String read(Path log) throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
  }
}
