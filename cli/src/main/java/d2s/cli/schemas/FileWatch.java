package d2s.cli.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Notices that files of a directory change. It looks at times and sizes, which works on every file
 * system; a few dozen files take a millisecond.
 */
public final class FileWatch {

  private static final long LOOK_EVERY_MILLIS = 100;

  private final Path directory;
  private Map<String, String> known;

  public FileWatch(Path directory) {
    this.directory = directory;
    this.known = look();
  }

  /**
   * Waits for a change.
   *
   * @param over asked while nothing changes
   * @return the files that came, went or changed, relative to the directory; none if it is over
   */
  public Set<String> next(BooleanSupplier over) throws InterruptedException {
    while (!over.getAsBoolean()) {
      Thread.sleep(LOOK_EVERY_MILLIS);
      Map<String, String> now = look();
      if (!now.equals(known)) {
        Set<String> changed = new TreeSet<>(now.keySet());
        changed.addAll(known.keySet());
        Map<String, String> before = known;
        changed.removeIf(name -> before.getOrDefault(name, "").equals(now.getOrDefault(name, "")));
        known = now;
        return changed;
      }
    }
    return Set.of();
  }

  private Map<String, String> look() {
    Map<String, String> files = new TreeMap<>();
    // The same files that are read, and those whose names are nearly right, which is a problem.
    try (Stream<Path> all = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      all.filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .forEach(file -> files.put(directory.relativize(file).toString(), stamp(file)));
    } catch (IOException | UncheckedIOException e) {
      return known == null ? Map.of() : known; // an editor is just replacing a file
    }
    return files;
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
      return facts.lastModifiedTime() + " " + facts.size() + " " + facts.fileKey();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
