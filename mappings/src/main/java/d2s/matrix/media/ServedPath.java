package d2s.matrix.media;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Paths below Synapse's {@code media_store_path}. Synapse refuses every path of which a part has
 * other characters than those in {@link #PART} (synapse/media/filepath.py).
 */
final class ServedPath {

  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.\\[\\]:-]+");
  private static final int LETTERS = 24;

  private ServedPath() {}

  /** Whether Synapse can find a file by this id: two folders of two characters each, and a name. */
  static boolean isId(String id) {
    return id != null
        && id.length() > 4
        && List.of(id.substring(0, 2), id.substring(2, 4), id.substring(4)).stream()
            .allMatch(ServedPath::isPart);
  }

  static boolean isPart(String text) {
    return text != null && PART.matcher(text).matches() && !text.matches("\\.\\.?");
  }

  static String local(String mediaId) {
    return isId(mediaId) ? "local_content/" + split(mediaId) : null;
  }

  static String remote(String origin, String mediaId) {
    return isPart(origin)
        ? "remote_content/" + origin + "/" + split(filesystemId(origin, mediaId))
        : null;
  }

  static String localThumbnail(String mediaId, String name) {
    return isId(mediaId) ? "local_thumbnails/" + split(mediaId) + "/" + name : null;
  }

  static String remoteThumbnail(String origin, String mediaId, String name) {
    return isPart(origin)
        ? "remote_thumbnail/" + origin + "/" + split(filesystemId(origin, mediaId)) + "/" + name
        : null;
  }

  /** The file name of a JPEG thumbnail. */
  static String thumbnailName(long width, long height, String method) {
    return width + "-" + height + "-image-jpeg-" + method;
  }

  private static String split(String id) {
    return id.substring(0, 2) + "/" + id.substring(2, 4) + "/" + id.substring(4);
  }

  /**
   * Under which name Synapse keeps a file of another server. Synapse draws 24 letters by lot; these
   * depend on origin and id alone, so that a run that copies files and a run that fills the
   * database agree without knowing of each other.
   */
  static String filesystemId(String origin, String mediaId) {
    byte[] hash = sha256((origin + "/" + mediaId).getBytes(StandardCharsets.UTF_8));
    StringBuilder letters = new StringBuilder();
    // One byte a letter is slightly uneven, which does not matter with 112 bits.
    for (int i = 0; i < LETTERS; i++) {
      letters.append((char) ('a' + Math.floorMod(hash[i], 26)));
    }
    return letters.toString();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
