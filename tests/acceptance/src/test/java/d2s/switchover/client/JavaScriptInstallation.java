package d2s.switchover.client;

import d2s.switchover.server.Tool;
import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The programs in {@code src/test/node} with the libraries that their lock file names, installed by
 * npm on first use into {@code .clients} under the project's root.
 */
final class JavaScriptInstallation {
  private static final Path SOURCES = Path.of("src", "test", "node");
  private static final String LOCK_FILE = "package-lock.json";
  private static final String PURPOSE =
      "(Node.js 20 or newer, with npm) to run real Matrix clients";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path directory;

  private JavaScriptInstallation(Path directory) {
    this.directory = directory;
  }

  /** The programs of this project, with their libraries installed now if they are not there. */
  static JavaScriptInstallation get() throws IOException, InterruptedException {
    Tool.require("node", "--version", PURPOSE);
    Path directory = Files.createDirectories(ProjectDirectory.root().resolve(".clients"));
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      copySources(directory);
      if (lock.isValid() && !isComplete(directory)) {
        Tool.require("npm", "--version", PURPOSE);
        Tool.run(
            List.of("npm", "ci", "--no-audit", "--no-fund", "--engine-strict"),
            directory,
            Map.of(),
            directory.resolve("install.log"),
            PATIENCE);
        Files.copy(
            SOURCES.resolve(LOCK_FILE), marker(directory), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return new JavaScriptInstallation(directory);
  }

  /** The program that many clients live in. */
  Path program() {
    return directory.resolve("main.mjs");
  }

  private static void copySources(Path directory) throws IOException {
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        Files.copy(
            source, directory.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static boolean isComplete(Path directory) throws IOException {
    return Files.exists(marker(directory))
        && Files.mismatch(marker(directory), SOURCES.resolve(LOCK_FILE)) < 0;
  }

  private static Path marker(Path directory) {
    return directory.resolve("complete");
  }
}
