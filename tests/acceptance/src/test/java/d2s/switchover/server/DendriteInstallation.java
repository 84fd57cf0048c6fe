package d2s.switchover.server;

import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Dendrite that the Go client builds on first use into {@code .dendrite/<version>} under the
 * project's root. The module in {@code src/test/go} says which release; a marker file, written
 * last, keeps what was built from.
 */
public final class DendriteInstallation {
  /** The release that {@code src/test/go/go.mod} names. */
  static final String VERSION = "0.13.8";

  private static final Path MODULE = Path.of("src", "test", "go");
  private static final String COMMANDS = "github.com/matrix-org/dendrite/cmd/";
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Path directory;

  private DendriteInstallation(Path directory) {
    this.directory = directory;
  }

  /** The Dendrite of this project, built now if it is not there. */
  public static DendriteInstallation get() throws IOException, InterruptedException {
    Path directory = ProjectDirectory.root().resolve(".dendrite").resolve(VERSION);
    Files.createDirectories(directory);
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !isComplete(directory)) {
        build(directory);
      }
    }
    return new DendriteInstallation(directory);
  }

  /** The server. */
  Path server() {
    return directory.resolve("bin").resolve("dendrite");
  }

  /** The program that makes signing keys and certificates. */
  Path keyGenerator() {
    return directory.resolve("bin").resolve("generate-keys");
  }

  private static void build(Path directory) throws IOException, InterruptedException {
    Tool.require("go", "version", "(Go 1.24 or newer) to build Dendrite");
    Tool.run(
        List.of(
            "go",
            "build",
            "-trimpath",
            "-o",
            Files.createDirectories(directory.resolve("bin")) + "/",
            COMMANDS + "dendrite",
            COMMANDS + "generate-keys"),
        MODULE,
        // Without a C compiler Dendrite has an SQLite that was translated to Go.
        Map.of("CGO_ENABLED", "0"),
        directory.resolve("build.log"),
        PATIENCE);
    Files.writeString(marker(directory), source());
  }

  private static boolean isComplete(Path directory) throws IOException {
    return Files.exists(marker(directory)) && Files.readString(marker(directory)).equals(source());
  }

  private static Path marker(Path directory) {
    return directory.resolve("complete");
  }

  private static String source() throws IOException {
    return Files.readString(MODULE.resolve("go.mod"));
  }
}
