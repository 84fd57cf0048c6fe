package d2s.engine.transfer;

import d2s.engine.files.FileRequest;
import d2s.engine.files.FileTaker;
import d2s.engine.result.CheckResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Counts the files that rows stand for and that are not in their folder. */
final class MissingFiles implements FileTaker {

  private static final int NAMES = 100;

  private final String store;
  private final Path folder;
  private final boolean accepted;
  private final List<String> missing = new ArrayList<>();
  private long asked;
  private long absent;

  /**
   * @param accepted whether most files may be missing
   */
  MissingFiles(String store, Path folder, boolean accepted) {
    this.store = store;
    this.folder = folder;
    this.accepted = accepted;
  }

  @Override
  public void claim(String from) {
    // It is not carried over, and need not be there.
  }

  @Override
  public void submit(FileRequest request) {
    asked++;
    if (!isThere(request.from())) {
      absent++;
      if (missing.size() < NAMES) {
        missing.add(request.mapping() + " " + request.what());
      }
    }
  }

  private boolean isThere(String path) {
    try {
      return Files.exists(folder.resolve(path));
    } catch (InvalidPathException e) {
      // What no file system can hold is reported when files are carried over.
      return true;
    }
  }

  CheckResult result() {
    String id = store + "-files-missing";
    if (absent == 0) {
      return CheckResult.ok(
          id,
          asked == 0 ? "There are no files." : "All " + asked + " files are in " + folder + ".");
    }
    String what =
        Files.exists(folder)
            ? absent + " of " + asked + " files are not in the folder " + folder + "."
            : "There is no folder " + folder + ", and " + asked + " files should be in it.";
    if (Files.isDirectory(folder) && (2 * absent <= asked || accepted)) {
      return CheckResult.warning(
          id,
          what,
          missing,
          "Their rows are carried over without them.",
          "Look for them in a backup. Without one nothing can be done: the source does not have"
              + " them either.");
    }
    return CheckResult.error(
        id,
        what,
        missing,
        "This seems to be the folder of another server, or an incomplete copy.",
        "Give the right folder. If these files are lost indeed, go on with --accept-missing-"
            + store
            + ".");
  }
}
