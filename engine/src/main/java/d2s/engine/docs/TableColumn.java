package d2s.engine.docs;

import d2s.engine.mapping.Side;
import java.util.Comparator;

/** A column of a table of one of the two databases. */
public record TableColumn(Side side, String table, String column)
    implements Comparable<TableColumn> {

  private static final Comparator<TableColumn> ORDER =
      Comparator.comparing(TableColumn::side)
          .thenComparing(TableColumn::table)
          .thenComparing(TableColumn::column);

  @Override
  public int compareTo(TableColumn other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return table + "." + column;
  }
}
