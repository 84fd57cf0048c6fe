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

/** Columns on the left, the columns that are made of them on the right, and lines between them. */
public final class ColumnPicture {

  private static final int LEFT = 340;
  private static final int RIGHT = 620;
  private static final int MIDDLE = 480;
  private static final int BOX_WIDTH = 130;

  private final SortedSet<TableColumn> from = new TreeSet<>();
  private final Map<TableColumn, Set<TableColumn>> to = new LinkedHashMap<>();
  private String hook;

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
    List<TableColumn> drawn = new ArrayList<>();
    to.forEach(
        (column, origins) -> {
          if (!origins.isEmpty() || hook != null) {
            drawn.add(column);
          }
        });
    Map<TableColumn, Integer> left = new LinkedHashMap<>();
    Map<TableColumn, Integer> right = new LinkedHashMap<>();
    Map<String, Integer> leftTables = new LinkedHashMap<>();
    Map<String, Integer> rightTables = new LinkedHashMap<>();
    int height = Math.max(place(from, left, leftTables), place(drawn, right, rightTables));
    Picture picture = new Picture(page, label, height);
    if (hook != null) {
      Set<TableColumn> others = new LinkedHashSet<>();
      to.values().forEach(others::addAll);
      picture.begin("way");
      from.stream()
          .filter(column -> !others.contains(column))
          .forEach(
              column ->
                  picture.curve(LEFT + 8, left.get(column), MIDDLE - BOX_WIDTH / 2, height / 2));
      picture.end();
    }
    for (TableColumn column : drawn) {
      picture.begin("way");
      for (TableColumn origin : to.get(column)) {
        picture.curve(LEFT + 8, left.get(origin), RIGHT - 8, right.get(column));
      }
      if (to.get(column).isEmpty()) {
        picture.curve(MIDDLE + BOX_WIDTH / 2, height / 2, RIGHT - 8, right.get(column));
      }
      name(picture, column, RIGHT, right.get(column), "start");
      picture.end();
    }
    left.forEach((column, y) -> name(picture, column, LEFT, y, "end"));
    leftTables.forEach((table, y) -> picture.name(LEFT, y, "end", "table", table, null));
    rightTables.forEach((table, y) -> picture.name(RIGHT, y, "start", "table", table, null));
    if (hook != null) {
      picture.begin("way");
      picture.box(MIDDLE - BOX_WIDTH / 2, height / 2 - 11, BOX_WIDTH, 22);
      picture.name(MIDDLE, height / 2, "middle", "", hook, null);
      picture.end();
    }
    picture.finish();
  }

  private static void name(Picture picture, TableColumn column, int x, int y, String anchor) {
    picture.name(x, y, anchor, "", column.column(), Links.column(column));
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
      if (!table.equals(last) && !tables.containsKey(table)) {
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
