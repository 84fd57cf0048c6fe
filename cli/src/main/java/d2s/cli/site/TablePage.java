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
import d2s.engine.mapping.LedgerEntry;
import d2s.engine.mapping.Side;
import d2s.engine.schema.Column;
import d2s.engine.schema.Table;
import java.util.List;

/** What becomes of a table of the source, or where one of the target comes from. */
final class TablePage {

  /** So many columns in one picture would be a tangle. */
  private static final int MANY = 40;

  private final Lineage lineage;
  private final Side side;
  private final Table table;
  private final Page page;
  private final Html html;

  TablePage(Lineage lineage, Side side, Table table) {
    this.lineage = lineage;
    this.side = side;
    this.table = table;
    this.page = new Page(lineage, Links.table(side, table.name()), table.name());
    this.html = page.html();
  }

  String write() {
    String product = Page.product(lineage.set(), side);
    List<LedgerEntry> whole = lineage.ledger(side, table.name(), null);
    page.paragraph("A table of " + product + ".");
    html.open("dl");
    String range = lineage.schema(side).range(table.name());
    if (!range.isEmpty()) {
      page.term("There", range);
    }
    if (table.primaryKey() != null) {
      page.term("Primary key", String.join(", ", table.primaryKey().columns()));
    }
    mappings();
    if (!whole.isEmpty()) {
      page.term(
          side == Side.SOURCE ? "Not carried" : "Starts empty, or with its defaults",
          () -> ColumnTable.ledger(lineage, page, side, table.name(), null));
    }
    html.close("dl");
    picture();
    page.heading("Columns", "columns");
    if (side == Side.SOURCE) {
      page.table("Columns", "Column", "Type", "Goes to", "Also used by", "Not carried");
    } else {
      page.table("Columns", "Column", "Type", "Filled with", "From", "Why");
    }
    for (Column column : table.columns()) {
      if (side == Side.SOURCE) {
        source(column);
      } else {
        target(column);
      }
    }
    page.endTable();
    return page.end(lineage);
  }

  private void mappings() {
    List<MappingLineage> all = lineage.of(side, table.name());
    List<MappingLineage> writers =
        all.stream()
            .filter(one -> side == Side.TARGET && one.fills().contains(table.name()))
            .toList();
    List<MappingLineage> readers =
        all.stream().filter(one -> one.tables().get(side).contains(table.name())).toList();
    if (!writers.isEmpty()) {
      page.term("Filled by", () -> page.inline(writers, one -> page.mapping(one.name())));
    }
    if (!readers.isEmpty()) {
      page.term("Read by", () -> page.inline(readers, one -> page.mapping(one.name())));
    }
  }

  private void picture() {
    ColumnPicture picture = new ColumnPicture();
    for (String name : table.columnNames()) {
      TableColumn column = new TableColumn(side, table.name(), name);
      if (side == Side.TARGET) {
        lineage.into(column).forEach(filling -> picture.add(column, filling.from()));
      } else {
        lineage.outOf(column).forEach(filling -> picture.add(filling.to(), List.of(column)));
      }
    }
    if (!picture.isEmpty()) {
      page.heading("From column to column", "picture");
      (picture.size() > MANY ? picture.ofTables() : picture)
          .draw(
              page,
              side == Side.SOURCE
                  ? "What the columns of " + table.name() + " become"
                  : "What the columns of " + table.name() + " are made of");
    }
  }

  private void type(Column column) {
    html.text(ColumnTable.type(column));
    if (column.defaultExpression() != null) {
      html.text(", default ").element("code", column.defaultExpression());
    } else if (column.hasDefault()) {
      html.text(", numbered by the database");
    }
    page.note(lineage.schema(side).range(table.name(), column.name()));
  }

  private void source(Column column) {
    TableColumn here = new TableColumn(side, table.name(), column.name());
    page.row(
        Links.columnId(column.name()),
        page.text(column.name()),
        () -> type(column),
        () ->
            page.list(
                lineage.outOf(here).stream().map(Filling::to).distinct().toList(),
                to -> page.link(Links.column(to), to.toString())),
        () -> uses(here),
        () -> ColumnTable.ledger(lineage, page, side, table.name(), column.name()));
  }

  /** Where a column is needed without becoming one. */
  private void uses(TableColumn here) {
    page.list(
        lineage.hooks(here),
        one -> {
          html.text("the hook of ");
          page.mapping(one.name());
        });
    page.list(
        lineage.deciders(here),
        one -> {
          html.text("decides in ");
          page.mapping(one.name());
        });
    page.list(
        lineage.facts(here),
        fact -> {
          html.text("the fact ");
          page.link(Links.SET + "#fact-" + Links.file("" + fact.name()), "" + fact.name());
        });
  }

  private void target(Column column) {
    TableColumn here = new TableColumn(side, table.name(), column.name());
    ColumnTable columns = new ColumnTable(lineage, page);
    List<Filling> fillings = lineage.into(here);
    page.row(
        Links.columnId(column.name()),
        page.text(column.name()),
        () -> type(column),
        () ->
            page.list(
                fillings,
                filling -> {
                  page.mapping(filling.mapping().name().value());
                  html.text(": ");
                  columns.value(filling);
                }),
        () -> page.list(fillings, columns::origin),
        () -> {
          page.list(
              fillings.stream()
                  .filter(one -> !one.comment().isEmpty() || !one.versions().isEmpty())
                  .toList(),
              columns::reason);
          ColumnTable.ledger(lineage, page, side, table.name(), column.name());
        });
  }
}
