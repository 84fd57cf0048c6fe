package d2s.engine.spec;

/**
 * A place in a mapping file.
 *
 * @param line counted from 1
 * @param column counted from 1
 */
public record Position(SourceText source, int line, int column) {

  /** The place this many columns to the right. */
  public Position right(int columns) {
    return new Position(source, line, column + columns);
  }

  @Override
  public String toString() {
    return source.name() + ":" + line + ":" + column;
  }
}
