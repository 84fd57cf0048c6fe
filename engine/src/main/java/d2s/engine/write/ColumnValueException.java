package d2s.engine.write;

/** A value does not fit its column. The message starts after the column's name. */
final class ColumnValueException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ColumnValueException(String message) {
    super(message);
  }
}
