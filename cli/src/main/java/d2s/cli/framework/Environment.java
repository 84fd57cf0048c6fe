package d2s.cli.framework;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a connection is completed with when the connection string does not say it.
 *
 * @param variables the environment variables
 * @param user the name of the user of the operating system
 * @param home the home directory, where {@code .pgpass} lies
 * @param socketDirectories where a local PostgreSQL may have its socket, the likeliest first
 */
public record Environment(
    Map<String, String> variables, String user, Path home, List<Path> socketDirectories) {

  /**
   * Those of this process. Debian keeps the socket in the first directory, upstream in the last.
   */
  public static Environment ofThisProcess() {
    return new Environment(
        System.getenv(),
        System.getProperty("user.name"),
        Path.of(System.getProperty("user.home")),
        List.of(Path.of("/var/run/postgresql"), Path.of("/run/postgresql"), Path.of("/tmp")));
  }
}
