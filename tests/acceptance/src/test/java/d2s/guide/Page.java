package d2s.guide;

import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page in Markdown.
 *
 * @param file where it is
 * @param text all of it
 */
record Page(Path file, String text) {

  private static final Path ROOT = ProjectDirectory.root();

  /** A fence may be indented, as in a list; its content is then too. */
  private static final Pattern FENCE = Pattern.compile("(?ms)^( *)```(\\w*)\\n(.*?)^ *```$");

  private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /**
   * A fenced block.
   *
   * @param language what stands behind the fence
   * @param line of the page, from 1
   */
  record Block(String language, String text, int line) {
    boolean isShell() {
      return language.equals("sh");
    }
  }

  static Page readme() {
    return read(ROOT.resolve("README.md"));
  }

  static Page guide(String name) {
    return read(ROOT.resolve("docs/guide").resolve(name));
  }

  /** The README and every page of the guide. */
  static List<Page> all() {
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs/guide"))) {
      List<Page> pages = new ArrayList<>(List.of(readme()));
      files
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(Page::read)
          .forEach(pages::add);
      return pages;
    } catch (IOException e) {
      throw new UncheckedIOException("the pages of the guide cannot be read", e);
    }
  }

  static Page read(Path file) {
    try {
      return new Page(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  List<Block> blocks() {
    return FENCE
        .matcher(text)
        .results()
        .map(
            fence ->
                new Block(
                    fence.group(2),
                    fence.group(3).replaceAll("(?m)^" + fence.group(1), ""),
                    (int) text.substring(0, fence.start()).lines().count() + 1))
        .toList();
  }

  /** The only shell block that contains a text. */
  Block shell(String part) {
    List<Block> found =
        blocks().stream().filter(Block::isShell).filter(b -> b.text().contains(part)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " shell blocks of " + file + " contain " + part);
    }
    return found.get(0);
  }

  /** Code inside sentences. */
  List<String> spans() {
    return SPAN.matcher(prose()).results().map(span -> span.group(1)).toList();
  }

  /** Where links lead to. */
  List<String> links() {
    return LINK.matcher(prose()).results().map(link -> link.group(1)).toList();
  }

  List<String> headings() {
    return HEADING.matcher(prose()).results().map(heading -> heading.group(1)).toList();
  }

  /** The names by which links find the headings, made as the usual hosts of Markdown do. */
  List<String> anchors() {
    return headings().stream()
        .map(
            heading -> heading.toLowerCase().replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  private String prose() {
    return FENCE.matcher(text).replaceAll((MatchResult fence) -> "");
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
