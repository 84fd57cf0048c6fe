package d2s.cli.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL server that nobody holds any more, known by its data folder. */
public final class ServerProcess {

  private static final long PATIENCE_SECONDS = 10;

  private ServerProcess() {}

  /** Ends the server of this very data folder: its first line is its process, by PostgreSQL. */
  public static void stop(Path data) throws IOException, InterruptedException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
      return;
    }
    Optional<ProcessHandle> server = ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    boolean own =
        server
            .flatMap(process -> process.info().commandLine())
            .filter(command -> command.contains(data.toString()))
            .isPresent();
    if (own) {
      server.get().destroy();
      try {
        server.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        server.get().destroyForcibly();
      }
    }
  }
}
