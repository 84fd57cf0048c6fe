package d2s.cli.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A Synapse in a private virtual environment, installed from the Python package index on first use
 * and used again afterwards. It serves the demonstration and the acceptance test; a migration of a
 * real server uses the Synapse of its admin.
 *
 * <p>The environment is complete when its marker file is there; the marker is written last. A
 * directory without it is thrown away and made anew. A lock file beside the directory keeps two
 * processes from building the same environment at once.
 */
public final class SynapseInstallation {
  /** The release that the mapping files are proven against. */
  public static final String SYNAPSE_VERSION = "1.163.2";

  /**
   * The PostgreSQL driver comes as a ready-made package, because Synapse's own choice is compiled
   * during the installation and would ask for a compiler and the PostgreSQL headers.
   */
  private static final String DRIVER = "psycopg2-binary==2.9.13";

  private static final String MARKER = "complete";
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final String version;
  private final List<String> packages;
  private final Path directory;

  private SynapseInstallation(String version, List<String> also, Path directory) {
    this.version = version;
    this.packages =
        Stream.concat(Stream.of("matrix-synapse==" + version, DRIVER), also.stream()).toList();
    this.directory = directory.toAbsolutePath().normalize();
  }

  /**
   * The Synapse in {@code .synapse/<version>} under the project's root, installed now if it is not
   * there. The root is the system property {@code d2s.home}, or else the outermost directory with a
   * {@code pom.xml} on the way up from the working directory, or else the working directory.
   *
   * @throws SynapseUnavailableException if Python is missing or too old, or the installation failed
   */
  public static SynapseInstallation atDefaultPlace() {
    return at(root().resolve(".synapse").resolve(SYNAPSE_VERSION));
  }

  /**
   * Another release of Synapse, beside that of {@link #atDefaultPlace}.
   *
   * @param also packages with their versions, where the newest that the release allows do not work
   *     with it
   * @throws SynapseUnavailableException if Python is missing or too old, or the installation failed
   */
  public static SynapseInstallation ofRelease(String version, List<String> also) {
    Path place = root().resolve(".synapse").resolve(version);
    return new SynapseInstallation(version, also, place).complete(Python::find);
  }

  /**
   * The Synapse in the given directory, installed now if it is not there.
   *
   * @throws SynapseUnavailableException if Python is missing or too old, or the installation failed
   */
  public static SynapseInstallation at(Path directory) {
    return at(directory, Python::find);
  }

  static SynapseInstallation at(Path directory, Supplier<Python> python) {
    return new SynapseInstallation(SYNAPSE_VERSION, List.of(), directory).complete(python);
  }

  /** Installs what is not there. */
  private SynapseInstallation complete(Supplier<Python> python) {
    synchronized (SynapseInstallation.class) {
      try {
        if (!isComplete()) {
          installAlone(python);
        }
      } catch (IOException e) {
        throw new SynapseUnavailableException(
            "Synapse cannot be installed in "
                + directory
                + ": "
                + e
                + ". Remove what is there, or give another project directory with -Dd2s.home",
            e);
      }
      return this;
    }
  }

  /** The directory of the virtual environment. */
  public Path directory() {
    return directory;
  }

  /** The program that serves. */
  public Path homeserverProgram() {
    return program("synapse_homeserver");
  }

  /**
   * Gives an empty database the tables of a fresh Synapse, with every background update done, so
   * that it can be the target of a migration. Starts no server.
   *
   * @param database an empty database, made with UTF8 and the C collation
   * @param serverName the server name of the homeserver to be
   * @param workDirectory receives {@code homeserver.yaml} and a log; made if it is missing
   * @return the written {@code homeserver.yaml}
   * @throws SynapseUnavailableException if Synapse refuses; the message quotes its last line
   */
  public Path initialise(SynapseDatabase database, String serverName, Path workDirectory) {
    try {
      Path configuration =
          SynapseConfiguration.forInitialisation(serverName, database).write(workDirectory);
      Path log = workDirectory.resolve("initialise.log");
      ExternalCommand update =
          ExternalCommand.run(
              List.of(
                  program("update_synapse_database").toString(),
                  "--database-config",
                  configuration.toString(),
                  "--run-background-updates"),
              log,
              PATIENCE);
      if (!update.succeeded()) {
        throw new SynapseUnavailableException(
            "Synapse could not prepare the database "
                + database.name()
                + ": "
                + update.lastLine()
                + " (everything it said: "
                + log
                + ")");
      }
      return configuration;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare a Synapse in " + workDirectory, e);
    }
  }

  private Path program(String name) {
    return directory.resolve("bin").resolve(name);
  }

  private boolean isComplete() throws IOException {
    Path marker = directory.resolve(MARKER);
    return Files.exists(marker) && Files.readString(marker).equals(markerText());
  }

  /** Changing the list of packages makes an existing environment incomplete. */
  private String markerText() {
    return String.join("\n", packages) + "\n";
  }

  private void installAlone(Supplier<Python> python) throws IOException {
    Files.createDirectories(directory.getParent());
    Path lockFile = directory.resolveSibling(directory.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      // Another process may have finished it while this one waited for the lock.
      if (lock.isValid() && !isComplete()) {
        install(python.get());
      }
    }
  }

  private void install(Python python) throws IOException {
    deleteRecursively(directory);
    Path log = directory.resolveSibling(directory.getFileName() + ".log");
    step(
        "made its virtual environment",
        List.of(python.command(), "-m", "venv", directory.toString()),
        log);
    List<String> pip = new ArrayList<>();
    pip.add(directory.resolve("bin").resolve("pip").toString());
    pip.addAll(List.of("install", "--quiet", "--disable-pip-version-check", "--no-input"));
    pip.addAll(packages);
    step("been installed by pip", pip, log);
    Files.writeString(directory.resolve(MARKER), markerText());
  }

  private void step(String achievement, List<String> command, Path log) throws IOException {
    ExternalCommand run = ExternalCommand.run(command, log, PATIENCE);
    if (!run.succeeded()) {
      throw new SynapseUnavailableException(
          "Synapse "
              + version
              + " could not have "
              + achievement
              + ": "
              + run.lastLine()
              + " (everything said: "
              + log
              + "). Check that this machine reaches the Python package index, then run again");
    }
  }

  private static void deleteRecursively(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Path root() {
    String home = System.getProperty("d2s.home");
    if (home != null) {
      return Path.of(home);
    }
    Path working = Path.of("").toAbsolutePath();
    Path root = working;
    for (Path path = working; path != null; path = path.getParent()) {
      if (Files.exists(path.resolve("pom.xml"))) {
        root = path;
      }
    }
    return root;
  }
}
