package d2s.engine.files;

import d2s.engine.result.FileProblem.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A folder that paths from mapping files never lead out of: neither by what they say nor, where
 * something is written, by symbolic links on the way.
 *
 * @param root an absolute path without symbolic links
 */
record Folder(Path root) {

  /** What Linux and most others allow. */
  private static final int LONGEST_NAME = 255;

  /**
   * The file that a relative path means.
   *
   * @throws FileProblemException if that is not below this folder, or no file can have this path
   */
  Path file(String relative) throws FileProblemException {
    Path path;
    try {
      path = Path.of(relative);
    } catch (InvalidPathException e) {
      throw new FileProblemException(Kind.BAD_PATH, "this cannot be a path");
    }
    for (Path part : path) {
      String name = part.toString();
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        throw new FileProblemException(
            Kind.BAD_PATH, "the path must name every folder by its name");
      }
      if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        throw new FileProblemException(
            Kind.BAD_PATH, "a part of the path is longer than a name can be");
      }
    }
    Path file = root.resolve(path).normalize();
    if (path.isAbsolute() || !file.startsWith(root) || file.equals(root)) {
      throw new FileProblemException(Kind.BAD_PATH, "the path leads out of the folder");
    }
    return file;
  }

  /**
   * Looks at the folders that a file will lie in, and makes them.
   *
   * @param file a result of {@link #file}
   * @param owner who gets the folders that are made; null to make none
   * @return whether all of them are there
   * @throws FileProblemException if a symbolic link on the way leads out of this folder, or
   *     something else that is no folder is in the way
   * @throws IOException if a folder cannot be made
   */
  boolean hasParents(Path file, Owner owner) throws FileProblemException, IOException {
    Path current = root;
    for (Path part : root.relativize(file.getParent())) {
      if (part.toString().isEmpty()) {
        continue;
      }
      current = current.resolve(part);
      BasicFileAttributes found = attributes(current);
      if (found == null) {
        if (owner == null) {
          return false;
        }
        make(current, owner);
      } else if (found.isSymbolicLink()) {
        requireInside(current);
      } else if (!found.isDirectory()) {
        throw new FileProblemException(
            Kind.BAD_PATH, root.relativize(current) + " in the target is in the way: not a folder");
      }
    }
    return true;
  }

  private static void make(Path folder, Owner owner) throws IOException {
    try {
      Files.createDirectory(folder);
      owner.take(folder);
    } catch (FileAlreadyExistsException e) {
      // Another thread needed it too.
      return;
    }
  }

  private void requireInside(Path link) throws FileProblemException {
    try {
      Path real = link.toRealPath();
      if (real.startsWith(root) && Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
    } catch (IOException e) {
      // A link to nowhere, or in a circle.
    }
    throw new FileProblemException(
        Kind.BAD_PATH,
        root.relativize(link)
            + " in the target is a symbolic link that leads out of it, which is not followed");
  }

  /** What stands at a path itself, without following a symbolic link; null for nothing. */
  static BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
