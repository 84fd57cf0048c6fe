package d2s.crash;

import d2s.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code d2s}, in a process of its own or, which is faster, in this one. */
final class Tool {

  private static final long PATIENCE_SECONDS = 120;

  /** No exit code of a process. */
  static final int NEVER_ENDED = -1;

  private Tool() {}

  /**
   * How a command ended.
   *
   * @param output everything it said
   */
  record Outcome(int exitCode, String output) {}

  /** Runs a command in this process. Nothing else may print meanwhile. */
  static Outcome here(List<String> arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      int exitCode = Main.run(arguments.toArray(String[]::new));
      return new Outcome(exitCode, said.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** A command in a process of its own. */
  static final class Child implements AutoCloseable {
    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
      this.process = process;
      this.log = log;
    }

    /** Sends a signal by its name, e.g. {@code INT} for Ctrl-C. */
    void signal(String name) {
      try {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    boolean isAlive() {
      return process.isAlive();
    }

    /** Waits for its end. If it does not come, the exit code is {@link #NEVER_ENDED}. */
    Outcome await() throws IOException, InterruptedException {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String output = Files.readString(log);
      return new Outcome(ended ? process.exitValue() : NEVER_ENDED, output);
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /**
   * Starts a command in a process of its own.
   *
   * @param temporary its folder for temporary files
   * @param log receives everything it says
   */
  static Child start(List<String> arguments, Path temporary, Path log, String... javaOptions)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (isInterruptIgnored()) {
      // As a child of this process it would ignore Ctrl-C, too.
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of(javaOptions));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "d2s.cli.Main"));
    command.addAll(arguments);
    return new Child(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
        log);
  }

  /** Programs that a shell starts in the background ignore Ctrl-C, and so do their children. */
  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
