package d2s.engine.expression;

import d2s.engine.function.FunctionTable;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Suggestion;
import d2s.engine.yaml.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlContext;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlExpression;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlInfo;
import org.apache.commons.jexl3.JexlScript;
import org.apache.commons.jexl3.parser.ASTIdentifierAccess;
import org.apache.commons.jexl3.parser.ASTMethodNode;
import org.apache.commons.jexl3.parser.JexlNode;
import org.apache.commons.jexl3.parser.Parser;
import org.apache.commons.jexl3.parser.TokenMgrException;

/**
 * Turns the values of mapping files into something that can be evaluated for every row.
 *
 * <p>A bare name and a constant bypass JEXL; everything else is compiled once. JEXL runs strict: an
 * unknown name, function or property of a null is an error and never a silent null.
 */
public final class ExpressionCompiler {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
  private static final Pattern CALL =
      Pattern.compile("(?<![\\w.])(?:([A-Za-z_]\\w*):)?([A-Za-z_]\\w*)\\s*\\(");
  private final FunctionTable functions;
  private final JexlEngine jexl;
  private final JexlFeatures features;
  private final boolean direct;

  /** By the text; one expression stands in many scopes, and is looked at several times in each. */
  private final Map<String, Optional<JexlNode>> trees = new ConcurrentHashMap<>();

  public ExpressionCompiler(FunctionTable functions) {
    this(functions, true);
  }

  /**
   * @param direct whether plain expressions go without JEXL
   */
  ExpressionCompiler(FunctionTable functions, boolean direct) {
    this.functions = functions;
    this.direct = direct;
    this.features =
        new JexlFeatures()
            .annotation(false)
            .importPragma(false)
            .lambda(false)
            .localVar(false)
            .loops(false)
            .namespacePragma(false)
            .newInstance(false)
            .pragma(false)
            .register(false)
            .script(false)
            .sideEffect(false)
            .sideEffectGlobal(false)
            .namespaceTest(functions.prefixes()::contains);
    this.jexl =
        new JexlBuilder()
            .features(features)
            .permissions(new Sandbox(functions))
            .namespaces(functions.namespaces())
            .arithmetic(new StrictArithmetic())
            .strict(true)
            .silent(false)
            .safe(false)
            .antish(false)
            .cache(512)
            .create();
  }

  /**
   * Compiles a value for a scope. Problems are reported, and the result then answers null.
   *
   * @param what names the things in the scope for messages, e.g. "userapi_accounts"
   */
  public Compiled compile(Value value, Scope scope, String what, Problems problems) {
    if (value instanceof Value.Constant constant) {
      Object result = constant.constant();
      return frame -> result;
    }
    Value.Expression expression = (Value.Expression) value;
    String text = expression.text();
    if (NAME.matcher(text).matches() && !Words.IN_EXPRESSIONS.contains(text)) {
      int slot = scope.slot(text);
      if (slot < 0) {
        if (!scope.acceptsUnknown()) {
          problems.add(expression.at(), unknownName(text, scope, what));
        }
        return frame -> null;
      }
      return frame -> frame[slot];
    }
    if (text.isEmpty()) {
      problems.add(expression.at(), "the expression is empty; write null for no value");
      return frame -> null;
    }
    return compileJexl(expression, scope, what, problems);
  }

  /**
   * Compiles a condition: its result is true, false or null, and anything else is an error.
   *
   * @param what as for {@link #compile}
   */
  public Compiled compileCondition(
      Value.Expression condition, Scope scope, String what, Problems problems) {
    Compiled compiled = compile(condition, scope, what, problems);
    return frame -> {
      Object result = compiled.evaluate(frame);
      if (result != null && !(result instanceof Boolean)) {
        throw new EvaluationException(
            condition.at(), "a condition must be true or false, not " + ValueKind.of(result), null);
      }
      return result;
    };
  }

  /**
   * What is known of a value without a row. Reports nothing; {@link #compile} does.
   *
   * @param scope as for {@link #compile}
   */
  public KnownType type(Value value, Scope scope) {
    if (value instanceof Value.Constant written) {
      return written.constant() == null
          ? KnownType.NULL
          : KnownType.returned(written.constant().getClass());
    }
    Value.Expression expression = (Value.Expression) value;
    try {
      return new TypeChecker(scope, functions, (node, message) -> {}).type(tree(expression));
    } catch (JexlException | TokenMgrException e) {
      return KnownType.UNKNOWN;
    }
  }

  /**
   * The names that a value uses: columns, facts, lookups and lets, not functions or properties.
   *
   * @param value null for none
   * @return empty for a constant, and for what cannot be compiled
   */
  public Set<String> names(Value value) {
    if (!(value instanceof Value.Expression expression)) {
      return Set.of();
    }
    try {
      JexlScript script =
          (JexlScript) jexl.createExpression(new JexlInfo("", 1, 1), expression.text());
      return script.getVariables().stream()
          .map(variable -> variable.get(0))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (JexlException e) {
      return Set.of();
    }
  }

  private JexlNode tree(Value.Expression expression) {
    return trees.computeIfAbsent(expression.text(), this::parse).orElse(null);
  }

  /** Empty where an expression is nothing but a comment. */
  private Optional<JexlNode> parse(String text) {
    JexlNode script = new Parser(text).parse(new JexlInfo("", 1, 1), features, text, null);
    return script.jjtGetNumChildren() == 0 ? Optional.empty() : Optional.of(script.jjtGetChild(0));
  }

  /** Reports operators, functions and methods that get what they cannot take. */
  private boolean checkTypes(
      Value.Expression expression, ExpressionText text, Scope scope, Problems problems) {
    boolean[] sound = {true};
    JexlNode tree;
    try {
      tree = tree(expression);
    } catch (JexlException | TokenMgrException e) {
      // The engine leaves out more white space and comments than its parser; nothing is known then.
      return true;
    }
    new TypeChecker(
            scope,
            functions,
            (node, message) -> {
              JexlNode first = node;
              while (first.jjtGetNumChildren() > 0
                  && !(first instanceof ASTMethodNode)
                  && first.jjtGetChild(0).getColumn() > 0) {
                first = first.jjtGetChild(0);
              }
              int index = text.indexOf(first.getLine(), first.getColumn());
              int start =
                  node instanceof ASTIdentifierAccess asked
                      ? text.startOfAsked(asked.getName(), index)
                      : index;
              problems.add(place(expression, start), message);
              sound[0] = false;
            })
        .type(tree);
    return sound[0];
  }

  private Compiled compileJexl(
      Value.Expression expression, Scope scope, String what, Problems problems) {
    ExpressionText text = ExpressionText.of(expression.text());
    if (!checkTexts(expression, text, problems) || !checkCalls(expression, text, problems)) {
      return frame -> null;
    }
    JexlExpression compiled;
    try {
      compiled = jexl.createExpression(new JexlInfo("", 1, 1), text.text());
    } catch (JexlException e) {
      problems.add(place(expression, text, e), SyntaxReason.of(e, text));
      return frame -> null;
    }
    if (!checkNames(expression, text, (JexlScript) compiled, scope, what, problems)
        || !checkTypes(expression, text, scope, problems)) {
      return frame -> null;
    }
    FrameContext context = new FrameContext(scope);
    Compiled interpreted =
        frame -> {
          context.frame = frame;
          try {
            return compiled.evaluate(context);
          } catch (JexlException e) {
            // Not as the cause: its message can hold values of the row.
            throw new EvaluationException(place(expression, text, e), FailureReason.of(e), null);
          } catch (RuntimeException e) {
            throw new EvaluationException(expression.at(), FailureReason.of(e), null);
          }
        };
    return direct
        ? DirectExpression.compile(text.text(), scope, functions)
            .map(plain -> directly(plain, interpreted))
            .orElse(interpreted)
        : interpreted;
  }

  private static Compiled directly(Compiled direct, Compiled interpreted) {
    return frame -> {
      try {
        return direct.evaluate(frame);
      } catch (DirectExpression.UndecidedException e) {
        return interpreted.evaluate(frame);
      }
    };
  }

  /** JEXL would compile what stands in backquotes when it is evaluated, with unknown names. */
  private static boolean checkTexts(
      Value.Expression expression, ExpressionText text, Problems problems) {
    int backquote = text.code().indexOf('`');
    if (backquote >= 0) {
      problems.add(
          place(expression, backquote),
          "texts stand in ' or \"; write 'a' + b to put a value into one");
    }
    return backquote < 0;
  }

  private static boolean checkNames(
      Value.Expression expression,
      ExpressionText text,
      JexlScript script,
      Scope scope,
      String what,
      Problems problems) {
    boolean sound = true;
    for (List<String> variable : script.getVariables()) {
      String name = variable.get(0);
      if (!scope.has(name) && scope.acceptsUnknown()) {
        sound = false;
      } else if (!scope.has(name)) {
        problems.add(place(expression, text.indexOfName(name)), unknownName(name, scope, what));
        sound = false;
      }
    }
    return sound;
  }

  private boolean checkCalls(Value.Expression expression, ExpressionText text, Problems problems) {
    boolean sound = true;
    Matcher call = CALL.matcher(text.code());
    while (call.find()) {
      String prefix = call.group(1) == null ? "" : call.group(1);
      String name = call.group(2);
      if (prefix.isEmpty() && Words.IN_EXPRESSIONS.contains(name)) {
        continue;
      }
      String problem =
          functions.prefixes().contains(prefix)
              ? problem(prefix, name, text.arguments(call.end()))
              : "no functions with the prefix "
                  + prefix
                  + ":"
                  + Suggestion.of(prefix, functions.prefixes());
      if (problem != null) {
        int at = functions.prefixes().contains(prefix) ? call.start(2) : call.start();
        problems.add(place(expression, at), problem);
        sound = false;
      }
    }
    return sound;
  }

  /** What is wrong with a call, or null. */
  private String problem(String prefix, String name, int arguments) {
    Set<Integer> arities = functions.arities(prefix, name);
    if (arities.isEmpty()) {
      return "no function "
          + (prefix.isEmpty() ? "" : prefix + ":")
          + name
          + Suggestion.of(name, functions.names(prefix));
    }
    if (arguments < 0 || arities.contains(arguments)) {
      return null;
    }
    String takes = String.join(" or ", arities.stream().map(String::valueOf).toList());
    return name
        + " takes "
        + takes
        + (takes.equals("1") ? " argument, not " : " arguments, not ")
        + arguments;
  }

  private static String unknownName(String name, Scope scope, String what) {
    return scope.comesLater(name)
        ? "the let " + name + " stands here or below; a let can only use those above it"
        : "no column " + name + " in " + what + Suggestion.of(name, scope.known());
  }

  /** The place of a character of the expression in the file. */
  private static Position place(Value.Expression expression, int index) {
    return expression.at().inside(expression.text(), index);
  }

  private static Position place(
      Value.Expression expression, ExpressionText text, JexlException failure) {
    JexlInfo info = failure.getInfo();
    return info == null
        ? expression.at()
        : place(expression, text.indexOf(info.getLine(), info.getColumn()));
  }

  /** Gives JEXL the values of the frame by name. */
  private static final class FrameContext implements JexlContext {

    private final Scope scope;
    private Object[] frame;

    FrameContext(Scope scope) {
      this.scope = scope;
    }

    @Override
    public Object get(String name) {
      int slot = scope.slot(name);
      return slot < 0 ? null : frame[slot];
    }

    @Override
    public boolean has(String name) {
      return scope.has(name);
    }

    @Override
    public void set(String name, Object value) {
      throw new UnsupportedOperationException("expressions cannot assign");
    }
  }
}
