package d2s.crash;

import d2s.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PgBouncer between a program and a server. */
final class PgBouncer implements AutoCloseable {

  private static final List<Path> PLACES =
      List.of(Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/bin/pgbouncer"));
  private static final int ATTEMPTS = 200;

  private final Process process;
  private final int port;

  private PgBouncer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isInstalled() {
    return PLACES.stream().anyMatch(Files::isExecutable);
  }

  /**
   * @param poolMode {@code session} or {@code transaction}
   */
  static PgBouncer start(Path directory, int serverPort, String poolMode, String... more)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path users = directory.resolve("users.txt");
    Files.writeString(users, "\"postgres\" \"unused\"\n");
    Path configuration = directory.resolve("pgbouncer.ini");
    Files.write(
        configuration,
        Stream.concat(
                Stream.of(
                    "[databases]",
                    "* = host=127.0.0.1 port=" + serverPort,
                    "[pgbouncer]",
                    "listen_addr = 127.0.0.1",
                    "listen_port = " + port,
                    "unix_socket_dir =",
                    "auth_type = trust",
                    "auth_file = " + users,
                    "pool_mode = " + poolMode),
                Stream.of(more))
            .toList());
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      // It refuses to run as root.
      new ProcessBuilder("chmod", "-R", "a+rX", directory.toString()).start().waitFor();
      command.addAll(List.of("setpriv", "--reuid=nobody", "--clear-groups"));
    }
    command.add(PLACES.stream().filter(Files::isExecutable).findFirst().orElseThrow().toString());
    command.add(configuration.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("pgbouncer.log").toFile())
            .start();
    PgBouncer bouncer = new PgBouncer(process, port);
    bouncer.await(directory);
    return bouncer;
  }

  private void await(Path directory) throws IOException, InterruptedException {
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    close();
    throw new IOException(Files.readString(directory.resolve("pgbouncer.log")));
  }

  /** The same database, by way of it. */
  TestDatabase of(TestDatabase database) {
    return new TestDatabase(
        "127.0.0.1", port, database.name(), database.user(), database.password());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
