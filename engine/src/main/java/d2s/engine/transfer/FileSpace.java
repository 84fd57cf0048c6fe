package d2s.engine.transfer;

import d2s.engine.result.CheckResult;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** Whether the files of a store have room in their new folder. */
final class FileSpace {

  private FileSpace() {}

  /**
   * @param folder may not be there yet
   * @param bytes how much is to be copied; -1 where unknown
   */
  static CheckResult check(String store, Path folder, long bytes) {
    long usable = usable(folder.toAbsolutePath());
    // What an earlier run has copied needs no more room; to count it takes a while.
    long there = usable >= 0 && bytes > usable ? size(folder) : 0;
    return result(store, folder, Math.max(Math.min(bytes, 0), bytes - there), usable);
  }

  /**
   * @param usable how much room there is; -1 where unknown
   */
  static CheckResult result(String store, Path folder, long bytes, long usable) {
    String id = store + "-disk-space";
    if (bytes < 0 || usable < 0) {
      return CheckResult.ok(id, "How much room the files need or have is not known.");
    }
    String what = megabytes(bytes) + " of files; " + megabytes(usable) + " free at " + folder + ".";
    return usable >= bytes
        ? CheckResult.ok(id, what)
        : CheckResult.error(
            id,
            "Not enough room for the files: " + what,
            List.of(),
            "",
            "Make room there, give a folder on another disk, or do not copy: --media-mode hardlink"
                + " needs no room on the same disk.");
  }

  private static long size(Path folder) {
    long[] sum = {0};
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // What was counted until then is there.
      return sum[0];
    }
    return sum[0];
  }

  private static String megabytes(long bytes) {
    return (bytes + 999_999) / 1_000_000 + " MB";
  }

  private static long usable(Path folder) {
    for (Path path = folder; path != null; path = path.getParent()) {
      if (Files.exists(path)) {
        try {
          return Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
          return -1;
        }
      }
    }
    return -1;
  }
}
