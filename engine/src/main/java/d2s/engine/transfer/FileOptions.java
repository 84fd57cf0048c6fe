package d2s.engine.transfer;

import d2s.engine.files.CopyMode;
import d2s.engine.files.StoreFolders;
import java.util.Map;

/**
 * Which files are carried over, and how.
 *
 * @param folders the folders of the stores by their names; files of other stores stay where they
 *     are
 * @param threads how many files are worked on at a time
 * @param acceptMissing whether to go on though most files are missing
 */
public record FileOptions(
    Map<String, StoreFolders> folders, CopyMode mode, int threads, boolean acceptMissing) {

  /** No files. */
  public static final FileOptions NONE = new FileOptions(Map.of(), CopyMode.COPY, 1, false);

  /** Copies of files of some stores, several at a time, because each waits for the disk. */
  public static FileOptions of(Map<String, StoreFolders> folders, CopyMode mode) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new FileOptions(folders, mode, Math.min(16, Math.max(8, 2 * processors)), false);
  }

  /** The same for a user who knows that most files are missing. */
  public FileOptions acceptingMissing() {
    return new FileOptions(folders, mode, threads, true);
  }
}
