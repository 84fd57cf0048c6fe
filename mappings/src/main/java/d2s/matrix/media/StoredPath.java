package d2s.matrix.media;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Paths below Dendrite's {@code media_api.base_path}. A file is named by the SHA-256 of its content
 * in URL-safe Base64: {@code h[0]/h[1]/h[2..]/file}, with thumbnails beside it (mediaapi/fileutils
 * and mediaapi/thumbnailer in Dendrite's source).
 */
final class StoredPath {

  /** 32 bytes in 43 characters. */
  private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{43}");

  private StoredPath() {}

  static boolean isHash(String base64hash) {
    return base64hash != null && HASH.matcher(base64hash).matches();
  }

  /** The path of a file, or null if the hash is none. */
  static String of(String base64hash, String name) {
    return isHash(base64hash)
        ? base64hash.charAt(0)
            + "/"
            + base64hash.charAt(1)
            + "/"
            + base64hash.substring(2)
            + "/"
            + name
        : null;
  }

  /** The path of the thumbnail that was made for a box of this size, or null. */
  static String ofThumbnail(String base64hash, long width, long height, String method) {
    boolean known = "crop".equals(method) || "scale".equals(method);
    return known ? of(base64hash, "thumbnail-" + width + "x" + height + "-" + method) : null;
  }

  /** The hash in hexadecimal digits, or null if it is none. */
  static String hexadecimal(String base64hash) {
    if (!isHash(base64hash)) {
      return null;
    }
    return HexFormat.of().formatHex(Base64.getUrlDecoder().decode(base64hash));
  }
}
