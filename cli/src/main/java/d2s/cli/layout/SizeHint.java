package d2s.cli.layout;

import d2s.cli.connection.Database;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;

/**
 * Tells the launcher whether the source is small, for the next command: whether Java's slower
 * compiler would cost more than it saves. docs/adr/0011-options-for-java.md has the figures.
 */
public final class SizeHint {

  /** The launcher's folder; there is none where d2s was started without it. */
  private static final String PROPERTY = "d2s.cache";

  private static final String FILE = "d2s.size";

  /** Bytes; about 80,000 events, where both ways take the same processor time. */
  private static final long DATABASE = 600_000_000;

  /** Bytes; the hash of so many takes as much longer as the rest takes less. */
  private static final long FILES = 300_000_000;

  private SizeHint() {}

  /** Writes it. It never ends a command: where it cannot be written, the next one is slower. */
  public static void keep(Database source, Collection<Path> folders) {
    String folder = System.getProperty(PROPERTY, "");
    if (folder.isEmpty()) {
      return;
    }
    try {
      boolean small = bytes(source) < DATABASE && bytes(folders) < FILES;
      Files.createDirectories(Path.of(folder));
      Files.writeString(Path.of(folder, FILE), small ? "small\n" : "large\n");
    } catch (SQLException | IOException e) {
      // Whatever is wrong with the source or a folder is said by those who need it.
      return;
    }
  }

  private static long bytes(Database source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_database_size(current_database())")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Counts no further than it must. */
  private static long bytes(Collection<Path> folders) throws IOException {
    long[] sum = {0};
    for (Path folder : folders) {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.size();
              return sum[0] < FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    }
    return sum[0];
  }
}
