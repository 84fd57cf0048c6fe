package d2s.cli.site;

import d2s.cli.html.Html;
import d2s.cli.page.ColumnPicture;
import d2s.cli.page.ColumnTable;
import d2s.cli.page.Links;
import d2s.cli.page.Page;
import d2s.engine.docs.Filling;
import d2s.engine.docs.Lineage;
import d2s.engine.docs.MappingLineage;
import d2s.engine.docs.TableColumn;
import d2s.engine.mapping.Block;
import d2s.engine.mapping.FileBlock;
import d2s.engine.mapping.Lookup;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.Relation;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.Skip;
import d2s.engine.yaml.Text;
import d2s.engine.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What one mapping file does, and why. */
final class MappingPage {

  /** So many target tables fit into one picture. */
  private static final int TABLES = 3;

  private final Lineage lineage;
  private final MappingLineage one;
  private final Mapping mapping;
  private final Page page;
  private final Html html;

  MappingPage(Lineage lineage, MappingLineage one) {
    this.lineage = lineage;
    this.one = one;
    this.mapping = one.mapping();
    this.page = new Page(lineage, Links.mapping(one.name()), one.name());
    this.html = page.html();
  }

  String write() {
    page.prose(mapping.description().value());
    facts();
    picture();
    rows();
    hook();
    values();
    targets();
    statements();
    files();
    skips();
    ledger();
    checks();
    new MappingExamples(page).write(mapping);
    return page.end(lineage);
  }

  private void facts() {
    html.open("dl");
    page.term(
        "Phase", () -> page.link(Links.INDEX + "#phase-" + mapping.phase(), "" + mapping.phase()));
    page.term("File", () -> page.place(mapping.name().at()));
    if (!mapping.versions().comparisons().isEmpty()) {
      page.term("Schema version", versions());
    }
    if (!mapping.dependsOn().isEmpty()) {
      page.term(
          "Runs after", () -> page.inline(mapping.dependsOn(), name -> page.mapping("" + name)));
    }
    if (!one.facts().isEmpty()) {
      page.term(
          "Facts",
          () ->
              page.inline(
                  one.facts(),
                  fact -> page.link(Links.SET + "#fact-" + fact.name(), "" + fact.name())));
    }
    if (!one.views().isEmpty()) {
      page.term(
          "Views",
          () ->
              page.inline(
                  one.views(),
                  view -> page.link(Links.SET + "#view-" + view.name(), "" + view.name())));
    }
    html.close("dl");
  }

  private String versions() {
    return mapping.versions().comparisons().stream()
        .map(comparison -> comparison.operator() + comparison.version())
        .collect(Collectors.joining(" "));
  }

  /** One picture of all tables would be a tangle where there are many. */
  private void picture() {
    if (mapping.hook() == null && one.fills().size() > TABLES) {
      return;
    }
    ColumnPicture picture = new ColumnPicture();
    if (mapping.hook() != null) {
      picture.hook(mapping.hook().value(), one.hook());
    }
    one.fillings().forEach(filling -> picture.add(filling.to(), filling.from()));
    if (!picture.isEmpty()) {
      page.heading("From column to column", "picture");
      picture.draw(page, "Columns that " + one.name() + " reads, and what it makes of them");
    }
  }

  private void picture(String table, int number, List<Filling> fillings) {
    ColumnPicture picture = new ColumnPicture();
    fillings.forEach(filling -> picture.add(filling.to(), filling.from()));
    if (!picture.isEmpty() && mapping.hook() == null && one.fills().size() > TABLES) {
      picture.draw(page, "What the columns of " + table + " are made of (" + number + ")");
    }
  }

  private void rows() {
    if (mapping.from().isEmpty() && mapping.lookups().isEmpty()) {
      return;
    }
    page.heading("Where the rows come from", "from");
    if (mapping.groupBy() != null) {
      html.open("p")
          .text("The relations are read together, one ")
          .element("code", "" + mapping.groupBy());
      html.text(" at a time.").close();
    }
    for (Relation relation : mapping.from()) {
      if (!relation.name().isEmpty()) {
        page.subheading(relation.name(), "from-" + relation.name());
        page.note(lineage.comment(relation.at()));
      }
      relation(relation);
    }
    if (!mapping.lookups().isEmpty()) {
      page.subheading("Lookups", "lookups");
      for (Lookup lookup : mapping.lookups()) {
        lookup(lookup);
      }
    }
  }

  private void relation(Relation relation) {
    if (relation.table() == null) {
      html.open("p").text("This query on the " + relation.side() + ", ");
      page.place(relation.sql().at());
      html.text(":").close();
      page.sql(relation.sql().value());
      return;
    }
    html.open("p").text("The table ");
    page.link(Links.table(relation.side(), "" + relation.table()), "" + relation.table());
    if (relation.where() != null) {
      html.text(", where ").element("code", relation.where().value().strip());
    }
    html.text(relation.optional() ? ", if there is one." : ".").close();
  }

  private void lookup(Lookup lookup) {
    html.open("p").element("code", lookup.name().value());
    if (lookup.skipped() != null) {
      html.text(": what ");
      page.mapping(lookup.skipped().value());
      html.text(" skipped.").close();
      return;
    }
    html.text(", by ")
        .text(lookup.keys().stream().map(Text::value).collect(Collectors.joining(", ")));
    html.text(lookup.value() == null ? "." : ", gives " + lookup.value() + ".").close();
    page.note(lineage.comment(lookup.name().at()));
    lookup.read().ifPresent(this::relation);
  }

  private void hook() {
    if (mapping.hook() == null) {
      return;
    }
    page.heading("The hook " + mapping.hook(), "hook");
    lineage
        .hook(mapping.hook().value())
        .ifPresent(
            hook -> {
              page.prose(hook.text());
              page.table("Rows of the hook", "Rows", "Way", "Columns");
              hook.shapes()
                  .forEach(
                      shape ->
                          page.row(
                              page.text(shape.name()),
                              page.text(shape.isRead() ? "read" : "computed"),
                              page.text(String.join(", ", shape.columns()))));
              page.endTable();
            });
  }

  private void values() {
    if (mapping.lets().isEmpty()) {
      return;
    }
    page.heading("Values computed once for a row", "let");
    page.table("Values computed once for a row", "Name", "Value", "From", "Why");
    mapping
        .lets()
        .forEach(
            let ->
                page.row(
                    "let-" + Links.file(let.name().value()),
                    page.text(let.name().value()),
                    () -> {
                      html.element("code", text(let.value()));
                      html.open("p", "class", "note");
                      page.place(let.name().at());
                      html.close();
                    },
                    () -> page.columns(one.lets().get(let.name().value())),
                    page.text(lineage.comment(let.name().at()))));
    page.endTable();
  }

  private static String text(Value value) {
    return value instanceof Value.Expression expression
        ? expression.text()
        : String.valueOf(((Value.Constant) value).constant());
  }

  private void targets() {
    if (mapping.to().isEmpty()) {
      return;
    }
    page.heading("What it writes", "to");
    int number = 0;
    for (Block block : mapping.to()) {
      number++;
      String table = block.table().value();
      html.open("h3", "id", "to-" + number);
      page.link(Links.table(Side.TARGET, table), table);
      html.close().line();
      page.note(lineage.comment(block.table().at()));
      condition(block.rows(), block.when());
      if (block.forEach() != null) {
        html.open("p").text("One row for each ").element("code", block.forEach().variable());
        html.text(" in ").element("code", block.forEach().list().text()).text(".").close();
      }
      List<Filling> fillings = new ArrayList<>();
      for (Block.Column column : block.columns()) {
        one.fillings().stream()
            .filter(filling -> filling.column() == column.name())
            .forEach(fillings::add);
      }
      picture(table, number, fillings);
      new ColumnTable(lineage, page).write("Columns of " + table + " (" + number + ")", fillings);
    }
  }

  private void condition(Text rows, Value.Expression when) {
    if (rows == null && when == null) {
      return;
    }
    html.open("p").text(rows == null ? "Rows" : "Rows " + rows + " of the hook");
    if (when != null) {
      html.text(", if ").element("code", when.text());
    }
    html.text(".").close().line();
  }

  /** SQL inside the target. */
  private void statements() {
    if (mapping.derive().isEmpty()
        && mapping.updates().isEmpty()
        && mapping.sequences().isEmpty()) {
      return;
    }
    page.heading("What it does inside the target", "statements");
    Map<String, List<Filling>> tables = new LinkedHashMap<>();
    one.fillings().stream()
        .filter(
            filling ->
                mapping.to().stream()
                    .noneMatch(
                        block ->
                            block.columns().stream()
                                .anyMatch(column -> column.name() == filling.column())))
        .forEach(
            filling ->
                tables
                    .computeIfAbsent(filling.to().table(), any -> new ArrayList<>())
                    .add(filling));
    mapping
        .derive()
        .forEach(
            derivation ->
                statement(
                    "Rows of ", derivation.table(), "selected from", derivation.from(), tables));
    mapping
        .updates()
        .forEach(
            update ->
                statement("Changed rows of ", update.table(), "where", update.where(), tables));
    if (!mapping.sequences().isEmpty()) {
      page.table("Sequences", "Sequence", "Its last value", "Why");
      mapping
          .sequences()
          .forEach(
              sequence ->
                  page.row(
                      page.text(sequence.sequence().value()),
                      () -> {
                        html.element("code", sequence.sql().value().strip());
                        html.open("p", "class", "note");
                        page.place(sequence.sequence().at());
                        html.close();
                      },
                      page.text(lineage.comment(sequence.sequence().at()))));
      page.endTable();
    }
  }

  private void statement(
      String what, Text table, String word, Text sql, Map<String, List<Filling>> tables) {
    List<Filling> fillings = tables.remove(table.value());
    if (fillings == null) {
      return;
    }
    html.open("h3").text(what);
    page.link(Links.table(Side.TARGET, table.value()), table.value());
    html.close().line();
    page.note(lineage.comment(table.at()));
    if (sql != null) {
      page.paragraph(word + ":");
      page.sql(sql.value());
    }
    new ColumnTable(lineage, page).write(what + table, fillings);
  }

  private void files() {
    if (mapping.files().isEmpty()) {
      return;
    }
    page.heading("Files", "files");
    page.table("Files", "Store", "If", "From", "To", "Size and SHA-256");
    for (FileBlock block : mapping.files()) {
      page.row(
          () -> page.link(Links.SET + "#store-" + block.store(), block.store().value()),
          () -> {
            html.text(block.rows() == null ? "" : "rows " + block.rows() + " ");
            expression(block.when());
          },
          () -> expression(block.from()),
          () -> expression(block.to()),
          () -> {
            expression(block.size());
            html.text(" ");
            expression(block.sha256());
          });
    }
    page.endTable();
  }

  private void expression(Value.Expression expression) {
    if (expression != null) {
      html.element("code", expression.text());
    }
  }

  private void skips() {
    if (mapping.skips().isEmpty()) {
      return;
    }
    page.heading("Rows that are skipped", "skip");
    page.table("Rows that are skipped", "Reason", "If", "Named by");
    for (Skip skip : mapping.skips()) {
      page.row(
          page.text(skip.reason().value().strip()),
          () -> {
            if (skip.when() != null) {
              expression(skip.when());
            } else if (skip.onError() == null) {
              html.text("an earlier row has the same ")
                  .text(skip.repeats().stream().map(Text::value).collect(Collectors.joining(", ")));
            } else if (skip.onError().value().equals(Skip.ANY)) {
              html.text("anything of the row fails");
            } else {
              html.element("code", skip.onError().value()).text(" fails");
            }
          },
          () -> expression(skip.item()));
    }
    page.endTable();
  }

  /** Columns of the tables that it works with which it leaves alone, each with its reason. */
  private void ledger() {
    List<TableColumn> listed = new ArrayList<>();
    one.tables().get(Side.SOURCE).forEach(table -> listed.addAll(listed(Side.SOURCE, table)));
    one.fills().forEach(table -> listed.addAll(listed(Side.TARGET, table)));
    if (listed.isEmpty()) {
      return;
    }
    page.heading("Columns that are left alone", "ledger");
    page.table("Columns that are left alone", "Column", "Why");
    for (TableColumn column : listed) {
      page.row(
          () -> page.link(Links.column(column), column.toString()),
          () -> ColumnTable.ledger(lineage, page, column.side(), column.table(), column.column()));
    }
    page.endTable();
  }

  private List<TableColumn> listed(Side side, String table) {
    return lineage.schema(side).table(table).stream()
        .flatMap(there -> there.columnNames().stream())
        .filter(column -> !lineage.ledger(side, table, column).isEmpty())
        .map(column -> new TableColumn(side, table, column))
        .toList();
  }

  private void checks() {
    if (!mapping.expectations().isEmpty()) {
      page.heading("What must be true afterwards", "expect");
      mapping
          .expectations()
          .forEach(
              one -> {
                html.open("p")
                    .text(
                        one.name().value() + ": no row of this query on the " + one.side() + ", ");
                page.place(one.name().at());
                html.text(".").close();
                page.sql(one.sql().value());
              });
    }
    if (!mapping.counts().isEmpty()) {
      page.heading("What is counted on both sides", "counts");
      mapping
          .counts()
          .forEach(
              one -> {
                html.open("p").text(one.name().value() + ": these two numbers are equal, ");
                page.place(one.name().at());
                html.text(".").close();
                page.sql(one.source().value());
                page.sql(one.target().value());
              });
    }
    preconditions();
  }

  /** The preconditions that look at a table which this mapping reads or fills. */
  private void preconditions() {
    List<Runnable> rows = new ArrayList<>();
    lineage
        .set()
        .preconditions()
        .forEach(
            condition -> {
              boolean about =
                  lineage.tables(condition.side(), condition.sql().value()).stream()
                      .anyMatch(
                          table ->
                              one.tables().get(condition.side()).contains(table)
                                  || condition.side() == Side.TARGET
                                      && one.fills().contains(table));
              if (about) {
                rows.add(
                    () ->
                        page.link(
                            SetPage.precondition(condition), condition.message().value().strip()));
              }
            });
    if (!rows.isEmpty()) {
      page.heading("What is checked of these tables before a run", "preconditions");
      page.list(rows, Runnable::run);
    }
  }
}
