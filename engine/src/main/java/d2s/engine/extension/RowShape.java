package d2s.engine.extension;

import d2s.engine.extension.RowColumn.FlagColumn;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.IntegersColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowColumn.TextsColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The name of a relation that a hook reads, or of a row that it emits, and its columns.
 *
 * <p>A hook declares each column once, as a constant, and uses the constant from then on:
 *
 * <pre>{@code
 * private static final RowShape ORDERS = RowShape.of("orders");
 * private static final TextColumn LABEL = ORDERS.text("label");
 * private static final IntegerColumn CENTS = ORDERS.integer("cents");
 * }</pre>
 *
 * <p>Declare all columns of a shape in one class, so that they are all there when {@link
 * Hook#reads()} or {@link Hook#emits()} names the shape. A column that comes later is an error.
 */
public final class RowShape {

  private final String name;
  private final List<String> columns = new ArrayList<>();
  private boolean complete;

  private RowShape(String name) {
    this.name = name;
  }

  /** A shape whose columns are declared one by one. */
  public static RowShape of(String name) {
    return new RowShape(name);
  }

  public String name() {
    return name;
  }

  /** The names of the columns in the order in which they were declared. */
  public List<String> columns() {
    complete = true;
    return Collections.unmodifiableList(columns);
  }

  /** Declares a column of texts, which may be NULL. */
  public TextColumn text(String column) {
    return new TextColumn(this, declare(column));
  }

  /** Declares a column of integers of any width. */
  public IntegerColumn integer(String column) {
    return new IntegerColumn(this, declare(column));
  }

  /** Declares a column of booleans. */
  public FlagColumn flag(String column) {
    return new FlagColumn(this, declare(column));
  }

  /** Declares a column of arrays of integers, which may be NULL. */
  public IntegersColumn integers(String column) {
    return new IntegersColumn(this, declare(column));
  }

  /** Declares a column of arrays of texts, which may be NULL. */
  public TextsColumn texts(String column) {
    return new TextsColumn(this, declare(column));
  }

  private int declare(String column) {
    if (complete) {
      throw new IllegalStateException(
          "the column " + column + " of " + name + " is declared after the shape was used");
    }
    if (columns.contains(column)) {
      throw new IllegalStateException("the column " + column + " of " + name + " is there twice");
    }
    columns.add(column);
    return columns.size() - 1;
  }
}
