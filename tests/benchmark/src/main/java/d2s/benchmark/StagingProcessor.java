package d2s.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much processor time the temporary PostgreSQL of a run has used. It is gone with the run, so
 * that it has to be asked meanwhile, and the last moments of it are lost.
 */
final class StagingProcessor {

  private final Path folder;
  private ServerProcessor server;
  private double seconds;

  /**
   * @param folder the one given with {@code --staging-dir}
   */
  StagingProcessor(Path folder) {
    this.folder = folder;
  }

  /** Looks once more. */
  void look() {
    try {
      if (server == null) {
        server = find();
      }
      if (server != null) {
        seconds = Math.max(seconds, server.seconds());
      }
    } catch (IOException e) {
      // It is just being made or removed.
      return;
    }
  }

  private ServerProcessor find() throws IOException {
    try (Stream<Path> stagings = Files.list(folder)) {
      for (Path staging : stagings.toList()) {
        Path pid = staging.resolve("data").resolve("postmaster.pid");
        List<String> lines = Files.exists(pid) ? Files.readAllLines(pid) : List.of();
        if (!lines.isEmpty()) {
          return ServerProcessor.of(Long.parseLong(lines.get(0).strip()));
        }
      }
    }
    return null;
  }

  /** What it had used when it was looked at last. */
  double seconds() {
    return seconds;
  }
}
