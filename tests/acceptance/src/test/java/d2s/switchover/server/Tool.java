package d2s.switchover.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs that run to their end. */
public final class Tool {
  private Tool() {}

  /**
   * Checks that a program is there.
   *
   * @param program its name on the PATH
   * @param versionArgument makes it say its version
   * @param purpose completes "… is needed"
   */
  public static void require(String program, String versionArgument, String purpose)
      throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(program, versionArgument)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() == 0) {
        return;
      }
    } catch (IOException e) {
      // Told below, in the same words as for a program that does not work.
    }
    throw new AssertionError(
        "The program '"
            + program
            + "' is needed "
            + purpose
            + ", and it is not on the PATH or does not work. To leave out the tests with real servers:"
            + " mvn verify -DexcludedGroups=synapse");
  }

  /**
   * Runs a program that must succeed.
   *
   * @param log receives what it says
   * @param environment additions to the environment
   */
  public static void run(
      List<String> command,
      Path directory,
      Map<String, String> environment,
      Path log,
      Duration patience)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended;
    try {
      ended = process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly();
    }
    if (!ended || process.exitValue() != 0) {
      throw new AssertionError(
          command.get(0)
              + (ended ? " failed" : " did not end in time")
              + "; it said:\n"
              + Files.readString(log));
    }
  }
}
