package d2s.cli.page;

import d2s.engine.docs.Filling;
import d2s.engine.docs.Lineage;
import d2s.engine.docs.TableColumn;
import d2s.engine.mapping.Side;
import d2s.engine.schema.Column;
import java.util.List;

/** The columns of a target table with what a mapping fills them with. */
public final class ColumnTable {

  private final Lineage lineage;
  private final Page page;

  public ColumnTable(Lineage lineage, Page page) {
    this.lineage = lineage;
    this.page = page;
  }

  public void write(String label, List<Filling> fillings) {
    page.table(label, "Column", "Filled with", "From", "Why");
    for (Filling filling : fillings) {
      page.row(
          () -> {
            page.link(Links.column(filling.to()), filling.to().column());
            page.note(type(lineage, filling.to()));
          },
          () -> value(filling),
          () -> origin(filling),
          () -> reason(filling));
    }
    page.endTable();
  }

  /** The expression, what the target makes of it, and where it stands. */
  public void value(Filling filling) {
    page.html().element("code", filling.value());
    if (filling.sql() != null) {
      page.html().text(" as ").element("code", filling.sql());
    }
    page.html().open("p", "class", "note");
    page.place(filling.column().at());
    page.html().close();
  }

  public void origin(Filling filling) {
    if (filling.hookRow() != null) {
      page.note("row " + filling.hookRow() + " of the hook " + filling.mapping().hook());
    }
    page.columns(filling.from());
  }

  public void reason(Filling filling) {
    page.html().text(filling.comment());
    if (!filling.versions().isEmpty()) {
      page.note("schema version " + filling.versions());
    }
  }

  /** The type of a column and whether it can be null; empty where it is in no schema. */
  public static String type(Lineage lineage, TableColumn column) {
    return lineage
        .schema(column.side())
        .table(column.table())
        .flatMap(table -> table.column(column.column()))
        .map(ColumnTable::type)
        .orElse("");
  }

  public static String type(Column column) {
    return column.type().sql() + (column.nullable() ? ", can be null" : "");
  }

  /** What the ledger says of a column, or of its whole table. */
  public static void ledger(Lineage lineage, Page page, Side side, String table, String column) {
    lineage
        .ledger(side, table, column)
        .forEach(
            entry -> {
              page.html().open("p").text(entry.reason().value().strip() + " ");
              page.place(entry.table().at());
              page.html().close();
            });
  }
}
