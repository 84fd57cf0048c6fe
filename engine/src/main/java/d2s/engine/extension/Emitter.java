package d2s.engine.extension;

/** Takes what a hook produces. */
public interface Emitter {

  /** Begins a row of a shape that the hook declared in {@link Hook#emits()}. */
  default EmittedRow row(RowShape shape) {
    return new EmittedRow(this, shape);
  }

  /**
   * Emits one row. Hooks use {@link #row}, which names the columns; this is what an implementation
   * provides.
   *
   * @param row the name of a row shape that the hook declared in {@link Hook#emits()}
   * @param values one value per column of the shape, in its order: {@link String}, {@link Long},
   *     {@link Integer}, {@link Boolean}, {@code byte[]}, {@code long[]}, {@code String[]} or null
   */
  void emit(String row, Object... values);

  /**
   * Reports something that cannot be carried over. It is counted and named in the report of the
   * run, and fatal in strict mode.
   *
   * @param what the thing, e.g. an id
   * @param reason why it cannot be carried, and what that means for the user
   */
  void skip(String what, String reason);
}
