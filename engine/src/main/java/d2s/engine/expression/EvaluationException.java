package d2s.engine.expression;

import d2s.engine.yaml.Position;

/** An expression could not be evaluated for a row. The message never contains the row's values. */
public final class EvaluationException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Position at;

  public EvaluationException(Position at, String message, Throwable cause) {
    super(message, cause);
    this.at = at;
  }

  public Position at() {
    return at;
  }
}
