package d2s.cli.site;

import d2s.cli.page.ColumnTable;
import d2s.cli.page.Links;
import d2s.cli.page.Page;
import d2s.engine.docs.Lineage;
import d2s.engine.docs.MappingLineage;
import d2s.engine.mapping.Side;
import d2s.engine.schema.Table;
import java.util.List;

/** All tables of a side, with what becomes of them or where they come from. */
final class TableListPage {

  private final Lineage lineage;
  private final Side side;
  private final Page page;

  TableListPage(Lineage lineage, Side side) {
    this.lineage = lineage;
    this.side = side;
    this.page =
        new Page(lineage, Links.tables(side), Page.product(lineage.set(), side) + " tables");
  }

  String write() {
    boolean source = side == Side.SOURCE;
    page.paragraph(
        source
            ? "Every table, the mappings that read it, or why none does."
            : "Every table, the mappings that fill it, or why none does.");
    page.table(
        "Tables",
        "Table",
        source ? "Read by" : "Filled by",
        source ? "Not carried" : "Starts empty or with its defaults");
    for (Table table : lineage.schema(side).tables()) {
      List<MappingLineage> mappings =
          lineage.of(side, table.name()).stream()
              .filter(one -> source || one.fills().contains(table.name()))
              .toList();
      page.row(
          "table-" + Links.file(table.name()),
          () -> {
            page.link(Links.table(side, table.name()), table.name());
            page.note(lineage.schema(side).range(table.name()));
          },
          () -> page.inline(mappings, one -> page.mapping(one.name())),
          () -> {
            ColumnTable.ledger(lineage, page, side, table.name(), null);
            long columns =
                table.columnNames().stream()
                    .filter(column -> !lineage.ledger(side, table.name(), column).isEmpty())
                    .count();
            page.note(
                columns == 0
                    ? ""
                    : columns == 1 ? "one of its columns" : columns + " of its columns");
          });
    }
    page.endTable();
    return page.end(lineage);
  }
}
