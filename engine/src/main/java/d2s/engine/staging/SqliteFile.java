package d2s.engine.staging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Opens an SQLite file without ever changing it or what lies beside it.
 *
 * <p>A file that was closed cleanly is opened as immutable: SQLite then neither locks nor writes.
 * If a write-ahead log or a rollback journal with anything in it lies beside it, the file was left
 * by a process that was killed, and SQLite would have to write to read what is right. Then it gets
 * a private copy of all of them, and mends that.
 */
final class SqliteFile {

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private static final List<String> COMPANIONS = List.of("-wal", "-journal");

  private SqliteFile() {}

  /** Whether this is an SQLite database; one without any content is empty. */
  static boolean is(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(MAGIC.length);
      return head.length == 0 || Arrays.equals(head, MAGIC);
    }
  }

  /** The file, and what lies beside it and belongs to it. */
  static List<Path> withCompanions(Path file) {
    return Stream.concat(Stream.of(file), companions(file).stream()).toList();
  }

  /** What has to be read together with the file. */
  static List<Path> companions(Path file) {
    return COMPANIONS.stream().map(end -> beside(file, end)).filter(SqliteFile::isFilled).toList();
  }

  private static Path beside(Path file, String end) {
    return file.resolveSibling(file.getFileName() + end);
  }

  private static boolean isFilled(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @param workspace takes the private copy, if one is needed
   */
  static Connection open(Path file, Path workspace) throws SQLException, IOException {
    if (companions(file).isEmpty()) {
      return connect(file, "immutable=1&mode=ro");
    }
    Path folder = Files.createTempDirectory(workspace, "file");
    Path copy = folder.resolve(file.getFileName().toString());
    State before = State.of(file);
    for (Path one : withCompanions(file)) {
      Files.copy(one, folder.resolve(one.getFileName().toString()));
    }
    before.check();
    Connection connection = connect(copy, "mode=rw");
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma query_only = on");
    }
    return connection;
  }

  /**
   * How large a file and what belongs to it are, and when they were written to. Whoever writes to a
   * database changes that, also where nobody sees who it is.
   *
   * @param sizes size in bytes and time, by path
   */
  record State(Path file, Map<Path, String> sizes) {

    static State of(Path file) throws IOException {
      Map<Path, String> sizes = new HashMap<>();
      for (Path one : withCompanions(file)) {
        BasicFileAttributes now = Files.readAttributes(one, BasicFileAttributes.class);
        sizes.put(one, now.size() + " " + now.lastModifiedTime());
      }
      return new State(file, sizes);
    }

    void check() throws IOException {
      if (!of(file).equals(this)) {
        throw new IOException(
            file + " changed while it was read. Stop whoever writes to it, and run this again");
      }
    }
  }

  private static Connection connect(Path file, String parameters) throws SQLException {
    String path =
        file.toAbsolutePath()
            .toString()
            .replace("%", "%25")
            .replace("?", "%3f")
            .replace("#", "%23");
    return DriverManager.getConnection(
        "jdbc:sqlite:file:" + path + "?" + parameters, new Properties());
  }
}
