package d2s.cli.signing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A new file that only its owner can read. */
public final class PrivateFile {

  private PrivateFile() {}

  /**
   * Writes a file that is never readable for others, not even before it has content.
   *
   * @throws FileAlreadyExistsException if there is something with that name; it is left as it is
   */
  public static void create(Path path, String text) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    boolean complete = false;
    try (channel) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      complete = true;
    } finally {
      if (!complete) {
        // Half a file would keep the next try from writing a whole one.
        Files.deleteIfExists(path);
      }
    }
  }
}
