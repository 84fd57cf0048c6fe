package d2s.cli.site;

import d2s.cli.html.Html;
import d2s.cli.page.Links;
import d2s.cli.page.Page;
import d2s.engine.docs.Lineage;
import d2s.engine.mapping.Fact;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Precondition;
import d2s.engine.mapping.Store;
import d2s.engine.mapping.View;
import java.util.Locale;

/** What all mappings share: facts, views, stores, and what is checked before a run. */
final class SetPage {

  private final Lineage lineage;
  private final MappingSet set;
  private final Page page;
  private final Html html;

  SetPage(Lineage lineage) {
    this.lineage = lineage;
    this.set = lineage.set();
    this.page = new Page(lineage, Links.SET, "Facts, views, checks");
    this.html = page.html();
  }

  /** Where a precondition is explained. */
  static String precondition(Precondition condition) {
    return Links.SET + "#" + id(condition);
  }

  private static String id(Precondition condition) {
    return condition.id() == null
        ? "precondition-" + condition.sql().at().line()
        : "precondition-" + Links.file(condition.id().value());
  }

  String write() {
    page.paragraph("What the mapping files share. It stands in set.yaml.");
    page.heading("Facts", "facts");
    page.paragraph(
        "A fact is a value that is read once for a run. Expressions use it by its name, SQL as"
            + " :name.");
    set.facts().forEach(this::fact);
    page.heading("Views", "views");
    page.paragraph("A view is a query that others use like a table.");
    set.views().forEach(this::view);
    if (!set.stores().isEmpty()) {
      page.heading("Stores", "stores");
      page.paragraph("A store is a folder of files that belong to rows.");
      set.stores().forEach(this::store);
    }
    page.heading("Checks before a run", "preconditions");
    page.paragraph("Each is a query that must return no row.");
    set.preconditions().forEach(this::explain);
    return page.end(lineage);
  }

  private void fact(Fact fact) {
    page.subheading(fact.name().value(), "fact-" + Links.file(fact.name().value()));
    page.prose(fact.description().value());
    html.open("p", "class", "note");
    page.place(fact.name().at());
    html.close();
    if (fact.sql() == null) {
      page.paragraph("It has no query: it is given on the command line.");
    } else {
      page.paragraph("On the " + fact.side() + ":");
      page.sql(fact.sql().value());
    }
    if (fact.each() != null) {
      html.open("p")
          .text("Each row becomes ")
          .element("code", fact.each().text())
          .text(".")
          .close();
    }
  }

  private void view(View view) {
    page.subheading(view.name().value(), "view-" + Links.file(view.name().value()));
    page.prose(lineage.comment(view.name().at()));
    html.open("p", "class", "note").text("On the " + view.side() + ", ");
    page.place(view.name().at());
    html.close();
    page.sql(view.sql().value());
  }

  private void store(Store store) {
    page.subheading(store.name().value(), "store-" + Links.file(store.name().value()));
    page.prose(store.description().value());
  }

  private void explain(Precondition condition) {
    page.subheading(
        condition.ok() == null
            ? condition.message().value().strip()
            : condition.ok().value().strip(),
        id(condition));
    html.open("dl");
    page.term("Otherwise", condition.message().value().strip());
    if (condition.cause() != null) {
      page.term("Why", condition.cause().value().strip());
    }
    if (condition.cure() != null) {
      page.term("What to do", condition.cure().value().strip());
    }
    page.term(
        "It is",
        condition.level().name().toLowerCase(Locale.ROOT).equals("error")
            ? "an error"
            : "a " + condition.level().name().toLowerCase(Locale.ROOT));
    page.term(
        "Asked for",
        condition.appliesTo().stream()
            .map(use -> use.name().toLowerCase(Locale.ROOT))
            .sorted()
            .collect(java.util.stream.Collectors.joining(", ")));
    page.term("File", () -> page.place(condition.sql().at()));
    html.close("dl");
    page.sql(condition.sql().value());
  }
}
