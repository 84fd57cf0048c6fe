package d2s.engine.extension;

import d2s.engine.extension.RowColumn.FlagColumn;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.IntegersColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowColumn.TextsColumn;
import java.util.Arrays;

/**
 * A row that a hook is about to emit. Each column of its shape is set once, in any order, to a
 * value or to null; anything else is an {@link IllegalStateException} that names the column.
 */
public final class EmittedRow {

  /** Stands where no value was set, because null is one. */
  private static final Object UNSET = new Object();

  private final Emitter out;
  private final RowShape shape;
  private final Object[] values;

  EmittedRow(Emitter out, RowShape shape) {
    this.out = out;
    this.shape = shape;
    values = new Object[shape.columns().size()];
    Arrays.fill(values, UNSET);
  }

  public EmittedRow set(TextColumn column, String text) {
    return put(column, text);
  }

  public EmittedRow set(IntegerColumn column, long integer) {
    return put(column, integer);
  }

  public EmittedRow set(IntegerColumn column, Long integerOrNull) {
    return put(column, integerOrNull);
  }

  public EmittedRow set(FlagColumn column, boolean flag) {
    return put(column, flag);
  }

  public EmittedRow set(FlagColumn column, Boolean flagOrNull) {
    return put(column, flagOrNull);
  }

  public EmittedRow set(IntegersColumn column, long[] integers) {
    return put(column, integers);
  }

  public EmittedRow set(TextsColumn column, String[] texts) {
    return put(column, texts);
  }

  private EmittedRow put(RowColumn column, Object value) {
    int position = column.position();
    if (column.shape() != shape) {
      throw new IllegalStateException(
          "the hook set a column of " + column.shape().name() + " in a row " + shape.name());
    }
    if (values[position] != UNSET) {
      throw problem("already set", position);
    }
    values[position] = value;
    return this;
  }

  /** Hands the row over. */
  public void emit() {
    for (int position = 0; position < values.length; position++) {
      if (values[position] == UNSET) {
        throw problem("did not set", position);
      }
    }
    out.emit(shape.name(), values);
  }

  private IllegalStateException problem(String what, int position) {
    return new IllegalStateException(
        "the hook " + what + " " + shape.columns().get(position) + " in a row " + shape.name());
  }
}
