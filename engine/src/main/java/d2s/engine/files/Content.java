package d2s.engine.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The content of files, and its hash. */
final class Content {

  private static final int BUFFER = 256 * 1024;

  private Content() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static ByteBuffer buffer() {
    return ByteBuffer.allocateDirect(BUFFER);
  }

  /** The SHA-256 of a file in hexadecimal digits. */
  static String hash(Path file, ByteBuffer buffer) throws IOException {
    MessageDigest digest = sha256();
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      buffer.clear();
      while (in.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static long firstBytes(byte[] hash) {
    return ByteBuffer.wrap(hash).getLong();
  }
}
