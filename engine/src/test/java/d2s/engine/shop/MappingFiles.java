package d2s.engine.shop;

import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.MappingSet;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.engine.yaml.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of mapping files that a test writes.
 *
 * <p>A place where a test expects a problem is marked with {@link #HERE} in the text; the mark is
 * not written.
 */
public final class MappingFiles {

  /** Marks the character behind it. */
  public static final String HERE = "‸";

  private final Path directory;
  private final List<String> marks = new ArrayList<>();

  public MappingFiles(Path directory) {
    this.directory = directory;
  }

  /** Writes a file; its directories are made. */
  public MappingFiles with(String name, String text) {
    String rest = text;
    StringBuilder written = new StringBuilder();
    for (int at = rest.indexOf(HERE); at >= 0; at = rest.indexOf(HERE)) {
      written.append(rest, 0, at);
      rest = rest.substring(at + HERE.length());
      int line = (int) written.chars().filter(c -> c == '\n').count() + 1;
      int column = written.length() - written.lastIndexOf("\n");
      marks.add(name + ":" + line + ":" + column);
    }
    written.append(rest);
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Copies a directory of mapping files from the class path. */
  public MappingFiles withAll(String resources) {
    try {
      Path from =
          Path.of(MappingFiles.class.getResource("/" + resources + "/set.yaml").toURI())
              .getParent();
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          with(from.relativize(file).toString(), Files.readString(file));
        }
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Changes a file that is there; what is to be changed must be in it. */
  public MappingFiles replace(String name, String old, String text) {
    try {
      String before = Files.readString(directory.resolve(name));
      if (!before.contains(old.replace(HERE, ""))) {
        throw new IllegalArgumentException(name + " does not contain " + old);
      }
      return with(name, before.replace(old, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path directory() {
    return directory;
  }

  /** The marked places as {@code file:line:column}, in the order in which they were written. */
  public List<String> marks() {
    return List.copyOf(marks);
  }

  public MappingSet load() {
    return MappingSetLoader.load(directory);
  }

  /** The problems of loading, none if it works. */
  public List<Problem> problems() {
    try {
      load();
      return List.of();
    } catch (InvalidMappingsException e) {
      return e.problems();
    }
  }
}
