package d2s.cli.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * The data of a PostgreSQL that was never started, kept beside the programs for the next time. The
 * programs take a second of processor time to make it. To copy it takes a tenth.
 *
 * @param folder belongs to this version of PostgreSQL, in a folder that is this user's alone
 */
record KeptCluster(Path folder) {

  private static final String DATA = "data";
  private static final String PASSWORD = "password";
  private static final String SIZE = "size";

  /**
   * The one of these programs.
   *
   * @param options with which the programs make it
   * @param directory a temporary one; where the programs are in it, nothing is kept
   */
  static Optional<KeptCluster> of(Path programs, Path directory, Map<String, String> options) {
    String version = version();
    // Nobody has filled the version in where this was not built by Maven.
    return programs.startsWith(directory) || !version.matches("[\\w.-]+")
        ? Optional.empty()
        : Optional.of(
            new KeptCluster(
                programs.resolveSibling(
                    "cluster-" + version + "-" + Integer.toHexString(options.hashCode()))));
  }

  private static String version() {
    try (InputStream in = KeptCluster.class.getResourceAsStream("postgresql.txt")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Copies it to a folder that is not there yet.
   *
   * @return its password; empty if there is none, or not all of it
   */
  Optional<String> copyTo(Path data) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try {
      if (copy(folder.resolve(DATA), data).equals(Files.readString(folder.resolve(SIZE)))) {
        return Optional.of(Files.readString(folder.resolve(PASSWORD)));
      }
      // The machine lost power before the disk had it.
    } catch (NoSuchFileException e) {
      // Another d2s is just removing it, or somebody has removed a part.
    }
    discard();
    Folders.delete(data);
    return Optional.empty();
  }

  /** Keeps a copy of this one, which PostgreSQL must not have been started with. */
  void keep(Path data, String password) {
    Path unfinished = null;
    try {
      unfinished = Files.createTempDirectory(folder.getParent(), "unfinished");
      Files.writeString(unfinished.resolve(SIZE), copy(data, unfinished.resolve(DATA)));
      Files.writeString(unfinished.resolve(PASSWORD), password);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Another d2s has just kept its own, or there is no room: the next start takes longer.
      if (unfinished != null) {
        deleteQuietly(unfinished);
      }
    }
  }

  /** Removes it, so that the next start makes another one. */
  void discard() {
    deleteQuietly(folder);
  }

  private static void deleteQuietly(Path unwanted) {
    try {
      Folders.delete(unwanted);
    } catch (IOException e) {
      // What is left of it has the wrong size.
      return;
    }
  }

  /** Returns how many files and bytes there are. */
  private static String copy(Path from, Path to) throws IOException {
    long[] size = new long[2];
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
              throws IOException {
            // PostgreSQL refuses a folder that others can read.
            Files.createDirectory(
                to.resolve(from.relativize(each)),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(each, to.resolve(from.relativize(each)));
            size[0]++;
            size[1] += attributes.size();
            return FileVisitResult.CONTINUE;
          }
        });
    return size[0] + " files, " + size[1] + " bytes";
  }
}
