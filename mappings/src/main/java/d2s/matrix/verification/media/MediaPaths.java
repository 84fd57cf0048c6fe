package d2s.matrix.verification.media;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where Synapse looks for media below its media folder. */
final class MediaPaths {

  /**
   * Anything else in an id makes Synapse fail; it is also how an id could lead out of the folder.
   */
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.\\[\\]:-]+");

  private MediaPaths() {}

  /** Empty if Synapse could not address the id. */
  static Optional<Path> local(String mediaId) {
    return below(Path.of("local_content"), mediaId);
  }

  static Optional<Path> remote(String origin, String fileId) {
    return isPart(origin) ? below(Path.of("remote_content", origin), fileId) : Optional.empty();
  }

  /**
   * @param row with {@code origin} (NULL if local), {@code file_id} and the columns of a thumbnail
   */
  static Optional<Path> thumbnail(ResultSet row) throws SQLException {
    String origin = row.getString("origin");
    String name =
        "%d-%d-%s-%s"
            .formatted(
                row.getInt("thumbnail_width"),
                row.getInt("thumbnail_height"),
                row.getString("thumbnail_type").replace('/', '-'),
                row.getString("thumbnail_method"));
    if (!isPart(name) || origin != null && !isPart(origin)) {
      return Optional.empty();
    }
    Path base = origin == null ? Path.of("local_thumbnails") : Path.of("remote_thumbnail", origin);
    return below(base, row.getString("file_id")).map(folder -> folder.resolve(name));
  }

  /** The first two characters of an id are a folder, the next two another, the rest is the name. */
  private static Optional<Path> below(Path base, String id) {
    if (id == null || id.length() < 5) {
      return Optional.empty();
    }
    String first = id.substring(0, 2);
    String second = id.substring(2, 4);
    String rest = id.substring(4);
    return isPart(first) && isPart(second) && isPart(rest)
        ? Optional.of(base.resolve(first).resolve(second).resolve(rest))
        : Optional.empty();
  }

  private static boolean isPart(String part) {
    return PART.matcher(part).matches() && !part.equals(".") && !part.equals("..");
  }
}
