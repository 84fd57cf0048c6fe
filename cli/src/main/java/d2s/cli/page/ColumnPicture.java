package d2s.cli.page;

import d2s.engine.docs.TableColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Columns on the left, the columns that are made of them on the right, and lines between them. */
public final class ColumnPicture {

  /** Between the two sides; the box of a hook stands in the middle. */
  private static final int GAP = 130;

  private final SortedSet<TableColumn> from = new TreeSet<>();
  private final Map<TableColumn, Set<TableColumn>> to = new LinkedHashMap<>();
  private String hook;

  /** How many columns are made of others. */
  public int size() {
    return drawn().size();
  }

  /** The same with tables instead of columns on the right, for many. */
  public ColumnPicture ofTables() {
    ColumnPicture picture = new ColumnPicture();
    drawn()
        .forEach(
            column ->
                picture.add(new TableColumn(column.side(), column.table(), ""), to.get(column)));
    return picture;
  }

  /** One column and those that it is made of. */
  public void add(TableColumn column, Collection<TableColumn> origins) {
    from.addAll(origins);
    to.computeIfAbsent(column, any -> new LinkedHashSet<>()).addAll(origins);
  }

  /** A hook that all these columns go into, and all columns without another origin come from. */
  public void hook(String name, Collection<TableColumn> origins) {
    hook = name;
    from.addAll(origins);
  }

  public boolean isEmpty() {
    return from.isEmpty();
  }

  public void draw(Page page, String label) {
    List<TableColumn> drawn = drawn();
    Map<TableColumn, Integer> left = new LinkedHashMap<>();
    Map<TableColumn, Integer> right = new LinkedHashMap<>();
    Map<String, Integer> leftTables = new LinkedHashMap<>();
    Map<String, Integer> rightTables = new LinkedHashMap<>();
    int height = Math.max(place(from, left, leftTables), place(drawn, right, rightTables));
    int leftEnd = width(left.keySet(), leftTables.keySet());
    int boxWidth = hook == null ? 0 : Picture.width(Stream.of(hook)) + 16;
    int middle = leftEnd + (hook == null ? GAP / 2 : GAP) + boxWidth / 2;
    int rightStart = middle + boxWidth / 2 + (hook == null ? GAP / 2 : GAP);
    Picture picture =
        new Picture(page, label, rightStart + width(right.keySet(), rightTables.keySet()), height);
    left.forEach((column, y) -> name(picture, column, leftEnd, y, "end"));
    leftTables.forEach((table, y) -> picture.name(leftEnd, y, "end", "table", table, null));
    if (hook != null) {
      Set<TableColumn> others = new LinkedHashSet<>();
      to.values().forEach(others::addAll);
      picture.begin("way");
      from.stream()
          .filter(column -> !others.contains(column))
          .forEach(
              column ->
                  picture.curve(leftEnd + 8, left.get(column), middle - boxWidth / 2, height / 2));
      picture.end();
    }
    for (TableColumn column : drawn) {
      picture.begin("way");
      for (TableColumn origin : to.get(column)) {
        picture.curve(leftEnd + 8, left.get(origin), rightStart - 8, right.get(column));
      }
      if (to.get(column).isEmpty()) {
        picture.curve(middle + boxWidth / 2, height / 2, rightStart - 8, right.get(column));
      }
      name(picture, column, rightStart, right.get(column), "start");
      picture.end();
    }
    rightTables.forEach((table, y) -> picture.name(rightStart, y, "start", "table", table, null));
    if (hook != null) {
      picture.begin("way");
      picture.box(middle - boxWidth / 2, height / 2 - 11, boxWidth, 22);
      picture.name(middle, height / 2, "middle", "", hook, null);
      picture.end();
    }
    picture.finish();
  }

  /** The columns on the right, those of one table beside each other. */
  private List<TableColumn> drawn() {
    Map<String, List<TableColumn>> tables = new LinkedHashMap<>();
    to.forEach(
        (column, origins) -> {
          if (!origins.isEmpty() || hook != null) {
            tables.computeIfAbsent(column.table(), any -> new ArrayList<>()).add(column);
          }
        });
    return tables.values().stream().flatMap(List::stream).toList();
  }

  private static int width(Set<TableColumn> columns, Set<String> tables) {
    return Picture.width(
        Stream.concat(
            columns.stream().map(one -> one.column().isEmpty() ? one.table() : one.column()),
            tables.stream()));
  }

  private static void name(Picture picture, TableColumn column, int x, int y, String anchor) {
    if (column.column().isEmpty()) {
      String table = column.table();
      picture.name(x, y, anchor, "table", table, Links.table(column.side(), table));
    } else {
      picture.name(x, y, anchor, "", column.column(), Links.column(column));
    }
  }

  /** Gives every column a row, below its table. */
  private static int place(
      Collection<TableColumn> columns,
      Map<TableColumn, Integer> places,
      Map<String, Integer> tables) {
    int y = Picture.ROW / 2;
    String last = null;
    for (TableColumn column : columns) {
      String table = column.table();
      if (!table.equals(last) && !column.column().isEmpty()) {
        y += last == null ? 0 : Picture.ROW / 2;
        tables.put(table, y);
        y += Picture.ROW;
      }
      last = table;
      places.put(column, y);
      y += Picture.ROW;
    }
    return y;
  }
}
