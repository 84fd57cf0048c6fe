package d2s.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The media folder of the recorded Dendrites. Both recordings have the same files, because the same
 * people uploaded the same things, and Dendrite names files by their content.
 */
public final class RecordedMedia {

  private RecordedMedia() {}

  /**
   * Writes the folder, with the times that the files had.
   *
   * @param directory made if it is missing
   * @return how many files there are
   */
  public static int unpack(Path directory) throws IOException {
    int files = 0;
    try (InputStream in = RecordedMedia.class.getResourceAsStream("/recordings/media.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = directory.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(entry.getTime()));
        files++;
      }
    }
    return files;
  }
}
