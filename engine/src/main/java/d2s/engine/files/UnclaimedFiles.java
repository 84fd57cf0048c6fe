package d2s.engine.files;

import d2s.engine.result.FileProblem;
import d2s.engine.result.FileProblem.Kind;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Finds the files of the source that no row knows.
 *
 * @param ignored folders that are passed over, as relative paths
 * @param started files that are newer than this are passed over: the source may be in use, and
 *     their rows came after all rows were read; in milliseconds since 1970
 */
record UnclaimedFiles(
    Path root, List<String> ignored, PathSet claimed, long started, BooleanSupplier stopped) {

  void report(FileProblems findings) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return ignored.contains(name(folder))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!claimed.contains(name(file))
                && attributes.lastModifiedTime().toMillis() < started) {
              findings.add(
                  new FileProblem(Kind.NO_ROW, "", "", name(file), attributes.size() + " bytes"));
            }
            return stopped.getAsBoolean() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            findings.add(
                new FileProblem(Kind.UNREADABLE, "", "", name(file), FileTransfer.reason(failure)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private String name(Path path) {
    return root.relativize(path).toString();
  }
}
