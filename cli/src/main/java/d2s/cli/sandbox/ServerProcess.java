package d2s.cli.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server whose data nobody needs any more, known by its data folder. */
public final class ServerProcess {

  private static final long PATIENCE_SECONDS = 10;
  private static final long LOOK_EVERY_MILLIS = 5;

  private ServerProcess() {}

  /**
   * Ends the server of this very data folder: its first line is its process, by PostgreSQL. The
   * server writes nothing back before it ends.
   *
   * @return whether none runs there now
   */
  public static boolean stop(Path data) throws IOException, InterruptedException {
    Path pidFile = data.resolve("postmaster.pid");
    List<String> lines;
    try {
      lines = Files.readAllLines(pidFile);
    } catch (NoSuchFileException e) {
      return true;
    }
    if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
      return false;
    }
    Optional<ProcessHandle> server = ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    boolean own =
        server
            .flatMap(process -> process.info().commandLine())
            .filter(command -> command.contains(data.toString()))
            .isPresent();
    if (!own) {
      return server.isEmpty();
    }
    quit(server.get());
    if (!hasEnded(server.get(), pidFile)) {
      server.get().destroyForcibly();
      return hasEnded(server.get(), pidFile);
    }
    return true;
  }

  /** Java has no such signal, and what it has makes a server wait for its clients first. */
  private static void quit(ProcessHandle server) throws InterruptedException {
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -QUIT " + server.pid())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      server.destroy();
    }
  }

  /** A process that has ended can stay in the list of processes, but its file does not stay. */
  private static boolean hasEnded(ProcessHandle server, Path pidFile) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (Files.exists(pidFile) && server.isAlive()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
    return true;
  }
}
