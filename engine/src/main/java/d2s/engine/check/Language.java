package d2s.engine.check;

import d2s.engine.expression.ExpressionCompiler;
import d2s.engine.function.FunctionTable;

/** What mapping files can be written with: the functions and the hooks on the class path. */
public record Language(ExpressionCompiler compiler, HookTable hooks) {

  /** Looks for them, which takes a while; the result serves any number of checks. */
  public static Language load() {
    return new Language(new ExpressionCompiler(FunctionTable.load()), HookTable.load());
  }
}
