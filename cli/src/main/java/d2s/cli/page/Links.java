package d2s.cli.page;

import d2s.engine.docs.TableColumn;
import d2s.engine.mapping.Side;
import d2s.engine.yaml.Position;
import java.util.Locale;

/**
 * Where the pages are.
 *
 * @param root the way from a page to the folder of the site, e.g. {@code ../}
 */
public record Links(String root) {

  public static final String INDEX = "index.html";
  public static final String SET = "set.html";
  public static final String SEARCH = "search.html";

  public static String mapping(String name) {
    return "mappings/" + file(name) + ".html";
  }

  public static String tables(Side side) {
    return side + "-tables.html";
  }

  public static String table(Side side, String table) {
    return side + "/" + file(table) + ".html";
  }

  public static String column(TableColumn column) {
    return table(column.side(), column.table()) + "#" + columnId(column.column());
  }

  public static String file(Position at) {
    return "files/" + source(at.source().name()) + ".html";
  }

  public static String line(Position at) {
    return file(at) + "#L" + at.line();
  }

  public static String columnId(String column) {
    return "column-" + file(column);
  }

  private static String source(String path) {
    StringBuilder result = new StringBuilder();
    for (String part : path.split("/")) {
      result.append(result.length() == 0 ? "" : "/").append(file(part));
    }
    return result.toString();
  }

  /** A name as that of a file: tables can have names that files cannot. */
  public static String file(String name) {
    StringBuilder result = new StringBuilder();
    for (char c : name.toCharArray()) {
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
      result.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "~%x", (int) c));
    }
    return result.toString();
  }

  /** The way from this page to one of the site. */
  public String to(String page) {
    return root + page;
  }
}
