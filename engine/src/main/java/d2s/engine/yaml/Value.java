package d2s.engine.yaml;

/** What a column is filled with. */
public sealed interface Value {

  Position at();

  /** An expression over the row; a bare column name is the simplest one. */
  record Expression(String text, Position at) implements Value {}

  /**
   * A constant that YAML itself can say.
   *
   * @param constant a {@link Long}, {@link Double}, {@link Boolean} or null
   */
  record Constant(Object constant, Position at) implements Value {}
}
