package d2s.acceptance.recording;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** Unpacks the regular files of an archive in the old tar format, whose headers have 512 bytes. */
public final class TarArchive {
  private static final int BLOCK = 512;

  private TarArchive() {}

  /** Writes the files below a directory, with their times. */
  public static void unpack(InputStream archive, Path directory) throws IOException {
    DataInputStream in = new DataInputStream(archive);
    byte[] header = new byte[BLOCK];
    while (read(in, header)) {
      String name = text(header, 0, 100);
      String prefix = text(header, 345, 155);
      long size = Long.parseLong(text(header, 124, 12).strip(), 8);
      if (header[156] == '0' || header[156] == 0) {
        Path file = directory.resolve(prefix.isEmpty() ? name : prefix + "/" + name);
        Files.createDirectories(file.getParent());
        Files.write(file, in.readNBytes((int) size));
        long seconds = Long.parseLong(text(header, 136, 12).strip(), 8);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1000 * seconds));
      } else {
        in.skipNBytes(size);
      }
      in.skipNBytes(Math.floorMod(-size, BLOCK));
    }
  }

  /** False at the end, which is a block of zeros. */
  private static boolean read(DataInputStream in, byte[] header) throws IOException {
    try {
      in.readFully(header);
    } catch (EOFException e) {
      return false;
    }
    return header[0] != 0;
  }

  private static String text(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }
}
