package d2s.acceptance.server;

import d2s.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code d2s} as a process of its own, as an admin runs it. */
public final class MigrationProcess {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private MigrationProcess() {}

  /**
   * What a run did.
   *
   * @param exitCode the exit code
   * @param output everything it said
   */
  public record Result(int exitCode, String output) {}

  /**
   * Runs {@code d2s migrate}.
   *
   * @param dendrite the options that lead to Dendrite's databases
   * @param more further arguments
   * @param log receives the output
   * @throws AssertionError if it does not end in time
   */
  public static Result migrate(
      List<String> dendrite,
      TestDatabase synapse,
      String serverName,
      Path dendriteMedia,
      Path synapseMedia,
      Path log,
      String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("migrate"));
    arguments.addAll(dendrite);
    arguments.addAll(
        List.of(
            "--synapse-db",
            synapse.url(),
            "--server-name",
            serverName,
            "--dendrite-media-path",
            dendriteMedia.toString(),
            "--synapse-media-path",
            synapseMedia.toString()));
    arguments.addAll(List.of(more));
    return run(log, arguments);
  }

  /**
   * Runs any command of {@code d2s}.
   *
   * @param log receives the output
   * @throws AssertionError if it does not end in time
   */
  public static Result run(Path log, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "d2s.cli.Main"));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended;
    try {
      ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly();
    }
    String output = Files.readString(log);
    if (!ended) {
      throw new AssertionError("d2s " + arguments.get(0) + " did not end in time:\n" + output);
    }
    return new Result(process.exitValue(), output);
  }
}
