package d2s.cli.html;

import d2s.cli.output.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes HTML that is well-formed XML, too. Whatever is not written by {@link #markup} is escaped.
 */
public final class Html {

  private static final Set<String> EMPTY = Set.of("br", "input", "link", "meta", "rect", "path");

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element; one that has no content ends at once.
   *
   * @param attributes names and values in turn; one whose value is null is left out
   */
  public Html open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      if (attributes[i + 1] != null) {
        out.append(' ').append(attributes[i]).append("=\"");
        out.append(escape(attributes[i + 1])).append('"');
      }
    }
    if (EMPTY.contains(tag)) {
      out.append("/>");
    } else {
      out.append('>');
      open.push(tag);
    }
    return this;
  }

  /** Ends the element that was begun last. */
  public Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Ends elements up to the one of this name, which was begun before. */
  public Html close(String tag) {
    while (!tag.equals(open.peek())) {
      close();
    }
    return close().line();
  }

  public Html text(String text) {
    out.append(escape(text));
    return this;
  }

  /** An element with nothing but text. */
  public Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  public Html link(String href, String text) {
    return element("a", text, "href", href);
  }

  /** The content of another one, in which everything was ended. */
  public Html add(Html other) {
    out.append(other);
    return this;
  }

  /** Markup as it is. */
  public Html markup(String markup) {
    out.append(markup);
    return this;
  }

  public Html line() {
    out.append('\n');
    return this;
  }

  /** The page. Everything must have been ended. */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not ended: " + open);
    }
    return out.toString();
  }

  /**
   * Text as it must stand in elements and attributes. What comes from users can hold anything; what
   * would not be seen is written as its number.
   */
  public static String escape(String text) {
    return text.lines()
            .map(
                line ->
                    Printable.of(line)
                        .replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;"))
            .collect(Collectors.joining("\n"))
        + (text.endsWith("\n") ? "\n" : "");
  }

  /** The style that all pages begin with. */
  public static String style() {
    return resource(Html.class, "page.css");
  }

  /** A file that lies beside a class. */
  public static String resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
