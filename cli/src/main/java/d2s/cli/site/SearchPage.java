package d2s.cli.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.cli.html.Html;
import d2s.cli.page.Links;
import d2s.cli.page.Page;
import d2s.engine.docs.Filling;
import d2s.engine.docs.Lineage;
import d2s.engine.docs.MappingLineage;
import d2s.engine.docs.TableColumn;
import d2s.engine.mapping.LedgerEntry;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Side;
import d2s.engine.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The search over everything. Its data is a script, because a page that is opened as a file may
 * read nothing else.
 */
final class SearchPage {

  private final Lineage lineage;
  private final List<List<String>> entries = new ArrayList<>();

  SearchPage(Lineage lineage) {
    this.lineage = lineage;
  }

  String write() {
    Page page = new Page(lineage, Links.SEARCH, "Search");
    Html html = page.html();
    html.open("form", "role", "search", "id", "search");
    html.element("label", "Words that must all be there", "for", "q");
    html.open("input", "id", "q", "name", "q", "type", "search", "autocomplete", "off");
    html.close("form");
    html.open("p", "id", "found", "role", "status").close().line();
    html.element("noscript", "The search needs JavaScript.").line();
    html.open("ol", "id", "results", "class", "plain").close().line();
    html.open("script", "src", "search-data.js").close().line();
    html.open("script", "src", "search.js").close().line();
    return page.end(lineage);
  }

  /** The data: for each thing its kind, its name, its page, and whatever else is said of it. */
  String data() throws JsonProcessingException {
    MappingSet set = lineage.set();
    set.phases()
        .forEach(
            phase ->
                add(
                    "phase",
                    phase.name().value(),
                    Links.INDEX + "#phase-" + phase.name(),
                    phase.description().value()));
    lineage.mappings().forEach(this::mapping);
    set.facts()
        .forEach(
            fact ->
                add(
                    "fact",
                    fact.name().value(),
                    Links.SET + "#fact-" + Links.file(fact.name().value()),
                    fact.description().value()));
    set.views()
        .forEach(
            view ->
                add(
                    "view",
                    view.name().value(),
                    Links.SET + "#view-" + Links.file(view.name().value()),
                    lineage.comment(view.name().at())));
    set.preconditions()
        .forEach(
            condition ->
                add(
                    "check",
                    condition.message().value(),
                    SetPage.precondition(condition),
                    text(condition.id(), condition.cause(), condition.cure())));
    for (Side side : Side.values()) {
      lineage.schema(side).tables().forEach(table -> table(side, table));
    }
    return "const entries = " + new ObjectMapper().writeValueAsString(entries) + ";\n";
  }

  private void mapping(MappingLineage one) {
    Mapping mapping = one.mapping();
    List<String> said = new ArrayList<>();
    said.add(mapping.description().value());
    if (mapping.hook() != null) {
      said.add(mapping.hook().value());
      lineage.hook(mapping.hook().value()).ifPresent(hook -> said.add(hook.text()));
    }
    mapping.skips().forEach(skip -> said.add(skip.reason().value()));
    mapping.lets().forEach(let -> said.add(lineage.comment(let.name().at())));
    mapping.expectations().forEach(expected -> said.add(expected.name().value()));
    mapping.counts().forEach(count -> said.add(count.name().value()));
    said.add(mapping.name().at().source().name());
    add("mapping", one.name(), Links.mapping(one.name()), String.join(" ", said));
  }

  private void table(Side side, Table table) {
    String product = Page.product(lineage.set(), side);
    add(
        product + " table",
        table.name(),
        Links.table(side, table.name()),
        reasons(side, table.name(), null));
    for (String name : table.columnNames()) {
      TableColumn column = new TableColumn(side, table.name(), name);
      List<String> said = new ArrayList<>();
      said.add(reasons(side, table.name(), name));
      for (Filling filling : lineage.into(column)) {
        said.add(filling.value());
        said.add(filling.comment());
      }
      add(product + " column", column.toString(), Links.column(column), String.join(" ", said));
    }
  }

  private String reasons(Side side, String table, String column) {
    return lineage.ledger(side, table, column).stream()
        .map(LedgerEntry::reason)
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }

  private static String text(Object... parts) {
    return Stream.of(parts)
        .filter(Objects::nonNull)
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }

  private void add(String kind, String name, String page, String text) {
    entries.add(List.of(kind, name.strip(), page, text.strip().replaceAll("\\s+", " ")));
  }
}
