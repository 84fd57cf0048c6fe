package d2s.engine.extension;

/** A column of a {@link RowShape}, by which a hook reads and writes values of the right kind. */
public sealed interface RowColumn {

  /** The shape that has the column. */
  RowShape shape();

  /** Its place among the columns of the shape, from 0. */
  int position();

  /** Holds texts. */
  record TextColumn(RowShape shape, int position) implements RowColumn {}

  /** Holds integers of any width. */
  record IntegerColumn(RowShape shape, int position) implements RowColumn {}

  /** Holds booleans. */
  record FlagColumn(RowShape shape, int position) implements RowColumn {}

  /** Holds arrays of integers. */
  record IntegersColumn(RowShape shape, int position) implements RowColumn {}

  /** Holds arrays of texts. */
  record TextsColumn(RowShape shape, int position) implements RowColumn {}
}
