package d2s.engine.expression;

/** An expression that is ready to be evaluated many times, by one thread at a time. */
@FunctionalInterface
public interface Compiled {

  /**
   * @param frame one value per slot of the scope that the expression was compiled for
   * @throws EvaluationException if the expression cannot be evaluated for these values
   */
  Object evaluate(Object[] frame);
}
