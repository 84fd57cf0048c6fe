package d2s.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this project is. */
public final class ProjectDirectory {
  private ProjectDirectory() {}

  /** The outermost directory with a {@code pom.xml} on the way up from the working directory. */
  public static Path root() {
    Path root = Path.of("").toAbsolutePath();
    for (Path path = root; path != null; path = path.getParent()) {
      if (Files.exists(path.resolve("pom.xml"))) {
        root = path;
      }
    }
    return root;
  }
}
