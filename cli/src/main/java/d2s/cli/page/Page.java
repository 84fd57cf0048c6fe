package d2s.cli.page;

import d2s.cli.html.Html;
import d2s.engine.docs.Lineage;
import d2s.engine.docs.TableColumn;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Side;
import d2s.engine.yaml.Position;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Consumer;

/** One page: the frame that all have, and the pieces that many have. */
public final class Page {

  private final String path;
  private final Links links;
  private final Html html = new Html();
  private String[] tableColumns = {};

  /**
   * @param path below the folder of the site
   * @param title of the page, without that of the site
   */
  public Page(Lineage lineage, String path, String title) {
    this.path = path;
    this.links = new Links("../".repeat((int) path.chars().filter(c -> c == '/').count()));
    MappingSet set = lineage.set();
    html.markup("<!DOCTYPE html>\n").open("html", "lang", "en").line().open("head").line();
    html.open("meta", "charset", "utf-8").line();
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    String site = set.name().value();
    html.element("title", title.equals(site) ? site : title + " – " + site).line();
    html.open("link", "rel", "stylesheet", "href", links.to("style.css")).line();
    html.close("head").open("body").line();
    html.element("a", "Skip to the content", "class", "skip", "href", "#content").line();
    html.open("header").line();
    html.open("nav", "aria-label", "Site").open("ul").line();
    navigation(site, Links.INDEX);
    navigation(product(set, Side.SOURCE) + " tables", Links.tables(Side.SOURCE));
    navigation(product(set, Side.TARGET) + " tables", Links.tables(Side.TARGET));
    navigation("Facts, views, checks", Links.SET);
    html.close("ul").close("nav");
    if (!path.equals(Links.SEARCH)) {
      html.open(
          "form",
          "role",
          "search",
          "action",
          links.to(Links.SEARCH),
          "method",
          "get",
          "class",
          "find");
      html.element("label", "Search", "for", "find");
      html.open("input", "id", "find", "name", "q", "type", "search");
      html.element("button", "Go", "type", "submit").close("form");
    }
    html.close("header");
    html.open("main", "id", "content", "tabindex", "-1").line();
    html.element("h1", title).line();
  }

  private void navigation(String text, String page) {
    html.open("li")
        .element(
            "a", text, "href", links.to(page), "aria-current", page.equals(path) ? "page" : null)
        .close()
        .line();
  }

  /** The name of a product as a heading has it. */
  public static String product(MappingSet set, Side side) {
    String name = set.endpoint(side).name().value();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  public Html html() {
    return html;
  }

  public Links links() {
    return links;
  }

  public String path() {
    return path;
  }

  public void heading(String text, String id) {
    html.element("h2", text, "id", id).line();
  }

  public void subheading(String text, String id) {
    html.element("h3", text, "id", id).line();
  }

  /** A text of a mapping file; a line break is a new paragraph. */
  public void prose(String text) {
    text.strip().lines().filter(line -> !line.isBlank()).forEach(line -> paragraph(line.strip()));
  }

  public void paragraph(String text) {
    html.element("p", text).line();
  }

  public void sql(String text) {
    html.open("pre", "tabindex", "0").element("code", text.strip()).close().line();
  }

  /** One line of a list of terms. */
  public void term(String name, Runnable value) {
    html.element("dt", name).open("dd");
    value.run();
    html.close("dd");
  }

  public void term(String name, String value) {
    term(name, () -> html.text(value));
  }

  /**
   * Begins a table that can be wider than the screen.
   *
   * @param label names it; not that of another one of the page
   */
  public void table(String label, String... columns) {
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", label);
    tableColumns = columns;
    html.open("table").open("thead").open("tr");
    for (String column : columns) {
      html.element("th", column, "scope", "col");
    }
    html.close("thead").open("tbody").line();
  }

  public void endTable() {
    html.close("div");
  }

  public void row(Runnable... cells) {
    row(null, cells);
  }

  /** A row whose first cell is its head. */
  public void row(String id, Runnable... cells) {
    html.open("tr", "id", id);
    for (int i = 0; i < cells.length; i++) {
      if (i == 0) {
        html.open("th", "scope", "row");
      } else {
        html.open("td", "data-label", tableColumns[i]);
      }
      cells[i].run();
      html.close();
    }
    html.close("tr");
  }

  public Runnable text(String text) {
    return () -> html.text(text);
  }

  public Runnable code(String text) {
    return () -> html.element("code", text.strip());
  }

  public void link(String page, String text) {
    html.link(links.to(page), text);
  }

  public void mapping(String name) {
    link(Links.mapping(name), name);
  }

  public void place(Position at) {
    link(Links.line(at), at.source().name() + ":" + at.line());
  }

  public void columns(Collection<TableColumn> columns) {
    list(columns, column -> link(Links.column(column), column.toString()));
  }

  /** A list in a cell; nothing where there is nothing. */
  public <T> void list(Collection<T> items, Consumer<T> item) {
    list("plain", items, item);
  }

  /** A list that goes on in the line. */
  public <T> void inline(Collection<T> items, Consumer<T> item) {
    list("plain inline", items, item);
  }

  private <T> void list(String kind, Collection<T> items, Consumer<T> item) {
    if (items.isEmpty()) {
      return;
    }
    html.open("ul", "class", kind);
    for (T one : items) {
      html.open("li");
      item.accept(one);
      html.close();
    }
    html.close();
  }

  public void note(String text) {
    if (!text.isEmpty()) {
      html.element("p", text, "class", "note");
    }
  }

  /** The page, which is over with this. */
  public String end(Lineage lineage) {
    html.close("main").open("footer");
    html.element(
        "p",
        "Made by d2s docs of the mapping files and of the schemas "
            + String.join(", ", lineage.schema(Side.SOURCE).versions())
            + ", "
            + String.join(", ", lineage.schema(Side.TARGET).versions())
            + ".");
    return html.close("footer").close("body").close("html").toString();
  }
}
