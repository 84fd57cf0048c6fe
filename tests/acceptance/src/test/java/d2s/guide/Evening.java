package d2s.guide;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.sandbox.SynapseInstallation;
import d2s.matrix.catalog.BundledRecordings;
import d2s.testing.RecordedMedia;
import d2s.testing.TestDatabase;
import d2s.testing.TestDirectory;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The machine of an admin, as far as the guide sees it: a recorded Dendrite with its database,
 * configuration and media, the programs that the guide calls and no others, and the folders /etc
 * and /var below one of its own.
 */
final class Evening implements AutoCloseable {

  private static final Pattern SYSTEM_PATH =
      Pattern.compile("(?<=[\\s=\"'(]|^)(/etc|/var|/run|/matrix|/usr/local)/");
  static final String PASSWORD = "made_up_for_this_test";
  private static final String SERVER_NAME = "d.test:31448";

  private final Path root;
  private final TestDatabase dendrite;
  private final int port;
  private final Map<String, String> environment = new HashMap<>();
  private final Set<String> run = new HashSet<>();

  /**
   * @param directory for everything; what an earlier run left in it is removed
   */
  static Evening begin(Path directory) throws IOException, SQLException {
    Path root = TestDirectory.empty(directory.toAbsolutePath().normalize());
    TestDatabase dendrite = TestPostgres.createDatabase("dendrite");
    try (Connection connection = dendrite.connect()) {
      BundledRecordings.restore("dendrite-0.13.8", connection);
    }
    try (ServerSocket free = new ServerSocket(0)) {
      return new Evening(root, dendrite, free.getLocalPort());
    }
  }

  private Evening(Path root, TestDatabase dendrite, int port) throws IOException {
    this.root = root;
    this.dendrite = dendrite;
    this.port = port;
    SynapseInstallation synapse = SynapseInstallation.atDefaultPlace();
    environment.putAll(
        Map.of(
            "PATH", Files.createDirectories(root.resolve("bin")).toString(),
            "HOME", root.toString(),
            "LANG", "C.UTF-8",
            "ADMIN_URL", adminUrl(),
            "DENDRITE_DATABASE", dendrite.name(),
            "PGHOST", dendrite.host(),
            "PGPORT", String.valueOf(dendrite.port())));
    environment.putAll(
        Map.of(
            "SYNAPSE", synapse.homeserverProgram().toString(),
            "SYNAPSE_CONFIGURATION", root.resolve("etc/matrix-synapse/homeserver.yaml").toString(),
            "SYNAPSE_PASSWORD", PASSWORD,
            "SYNAPSE_PORT", String.valueOf(port)));
    programs(synapse);
    folders();
  }

  /**
   * Runs a block as a shell would after it has been pasted.
   *
   * @return what it printed
   */
  String run(Page page, Page.Block block) throws IOException, InterruptedException {
    run.add(page.file().getFileName() + ":" + block.line());
    Path log = root.resolve("output.log");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", "-euo", "pipefail", "-c", here(block.text()))
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    String output = Files.readString(log);
    String place = page + ":" + block.line() + ":\n" + block.text() + "\n" + output;
    assertThat(ended).as("it ends in time. " + place).isTrue();
    assertThat(process.exitValue()).as("exit code. " + place).isZero();
    return output;
  }

  /**
   * Starts a program at a terminal of its own, as {@code script} of util-linux makes one.
   *
   * @param screen takes what it shows
   */
  Process atTerminal(String command, Path screen) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "/usr/bin/script", "--quiet", "--return", "--command", command, "/dev/null")
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(screen.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("SHELL", "/bin/sh");
    return builder.start();
  }

  /** The blocks that were run, by the name of their page and their line. */
  Set<String> blocks() {
    return run;
  }

  /** A file of this machine; the folders of the system are below one of the test. */
  Path file(String path) {
    return root.resolve(path.replaceFirst("^/", ""));
  }

  /**
   * @param starts whether the commands that start Synapse do so from now on
   */
  void synapseStarts(boolean starts) {
    environment.put("SYNAPSE_STARTS", starts ? "yes" : "no");
  }

  TestDatabase dendrite() {
    return dendrite;
  }

  /** Where Synapse answers once it was started. */
  String synapse() {
    return "http://localhost:" + port;
  }

  String synapseLog() throws IOException {
    return Files.readString(root.resolve("synapse.log"));
  }

  /** Removes Synapse's database and its user, so that they can be made again. */
  void dropSynapse() throws SQLException {
    try (Connection connection = DriverManager.getConnection(adminUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists synapse with (force)");
      statement.execute("drop role if exists synapse");
    }
  }

  /** As the superuser. */
  Connection connectToSynapse() throws SQLException {
    return DriverManager.getConnection(adminUrl().replace("/postgres?", "/synapse?"));
  }

  /** Of a database that no page removes. */
  private String adminUrl() {
    return dendrite.url().replace("/" + dendrite.name() + "?", "/postgres?");
  }

  /** Stops Synapse, and removes its database and role, so that the next evening can make them. */
  @Override
  public void close() throws IOException, SQLException {
    Path pid = root.resolve("synapse.pid");
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .ifPresent(
              synapse -> {
                synapse.destroy();
                synapse.onExit().orTimeout(30, TimeUnit.SECONDS).join();
              });
    }
    dropSynapse();
  }

  String here(String block) {
    return SYSTEM_PATH
        .matcher(block)
        .replaceAll(path -> root + path.group(1) + "/")
        .replace("http://localhost:8008", synapse())
        .replace("--server-name example.org", "--server-name " + SERVER_NAME)
        .replace(
            "host=127.0.0.1 dbname=dendrite user=dendrite",
            database(dendrite.name(), dendrite.user()))
        .replace("host=127.0.0.1 dbname=synapse user=synapse", database("synapse", "synapse"));
  }

  private String database(String name, String user) {
    return "host=%s port=%d dbname=%s user=%s"
        .formatted(dendrite.host(), dendrite.port(), name, user);
  }

  private void programs(SynapseInstallation synapse) throws IOException {
    for (String tool : Commands.TOOLS) {
      script(tool, "PATH=/usr/bin:/bin exec " + tool + " \"$@\"");
    }
    String java =
        "exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s'"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")));
    script(
        "d2s",
        "unset PGHOST PGPORT\nterminal=false\nif [ -t 2 ]; then terminal=true; fi\n"
            + java
            + " -Duser.home=\"$HOME\" -Dd2s.terminal=$terminal -Dd2s.width=80 d2s.cli.Main \"$@\"");
    for (String program : List.of("createuser", "createdb", "dropdb", "psql")) {
      script(program, java + " d2s.guide.PostgresPrograms " + program + " \"$@\"");
    }
    script(
        "update_synapse_database",
        "exec '" + synapse.directory().resolve("bin/update_synapse_database") + "' \"$@\"");
    for (Map.Entry<String, Commands.StandIn> standIn : Commands.STAND_INS.entrySet()) {
      script(standIn.getKey(), standIn.getValue().script());
    }
  }

  private void script(String name, String text) throws IOException {
    Path file = Files.writeString(root.resolve("bin").resolve(name), "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void folders() throws IOException {
    Files.createDirectories(root.resolve("var/backups"));
    Path media = root.resolve("var/lib/dendrite/media");
    RecordedMedia.unpack(media);
    Path synapse = Files.createDirectories(root.resolve("etc/matrix-synapse"));
    Files.createDirectories(root.resolve("var/lib/matrix-synapse"));
    Files.writeString(synapse.resolve("homeserver.yaml"), "# The file of a package.\n");
    Files.writeString(
        Files.createDirectories(synapse.resolve("conf.d")).resolve("server_name.yaml"),
        "server_name: " + SERVER_NAME + "\n");
    Path configuration = Files.createDirectories(root.resolve("etc/dendrite"));
    try (InputStream key =
        Evening.class.getResourceAsStream("/recordings/scenario13/matrix_key.pem")) {
      Files.copy(key, configuration.resolve("matrix_key.pem"));
    }
    Files.writeString(
        configuration.resolve("dendrite.yaml"),
        """
        version: 2
        global:
          server_name: d.test:31448
          private_key: matrix_key.pem
          database:
            connection_string: postgresql://%s:%s@%s:%d/%s?sslmode=disable
        client_api:
          registration_shared_secret: made_up
        media_api:
          base_path: %s
        """
            .formatted(
                dendrite.user(),
                dendrite.password().isEmpty() ? "unused" : dendrite.password(),
                dendrite.host(),
                dendrite.port(),
                dendrite.name(),
                media));
  }
}
