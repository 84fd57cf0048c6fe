package d2s.engine.expression;

import d2s.engine.spec.Position;
import d2s.engine.spec.Problems;
import d2s.engine.spec.Suggestion;
import d2s.engine.spec.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.jexl3.JexlArithmetic;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlContext;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlExpression;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlInfo;
import org.apache.commons.jexl3.JexlScript;

/**
 * Turns the values of mapping files into something that can be evaluated for every row.
 *
 * <p>A bare name and a constant bypass JEXL; everything else is compiled once. JEXL runs strict: an
 * unknown name, function or property of a null is an error and never a silent null.
 */
public final class ExpressionCompiler {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
  private static final Pattern STRING =
      Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern CALL =
      Pattern.compile("(?<![\\w.])(?:([A-Za-z_]\\w*):)?([A-Za-z_]\\w*)\\s*\\(");
  private static final Set<String> WORDS =
      Set.of(
          "null",
          "true",
          "false",
          "empty",
          "size",
          "not",
          "and",
          "or",
          "eq",
          "ne",
          "lt",
          "gt",
          "le",
          "ge",
          "div",
          "mod",
          "instanceof");

  private final FunctionTable functions;
  private final JexlEngine jexl;

  public ExpressionCompiler(FunctionTable functions) {
    this.functions = functions;
    JexlFeatures features =
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
            .sideEffectGlobal(false);
    this.jexl =
        new JexlBuilder()
            .features(features)
            .permissions(new Sandbox(functions))
            .namespaces(functions.namespaces())
            .arithmetic(new JexlArithmetic(true))
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
    if (NAME.matcher(text).matches() && !WORDS.contains(text)) {
      int slot = scope.slot(text);
      if (slot < 0) {
        problems.add(expression.at(), unknownName(text, scope, what));
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

  private Compiled compileJexl(
      Value.Expression expression, Scope scope, String what, Problems problems) {
    Position at = expression.at();
    JexlExpression compiled;
    try {
      compiled = jexl.createExpression(new JexlInfo("", 1, 1), expression.text());
    } catch (JexlException e) {
      problems.add(
          inside(at, e.getInfo()), "not an expression: " + withoutPosition(e.getMessage()));
      return frame -> null;
    }
    boolean sound = checkNames(expression, (JexlScript) compiled, scope, what, problems);
    sound &= checkCalls(expression, problems);
    if (!sound) {
      return frame -> null;
    }
    FrameContext context = new FrameContext(scope);
    return frame -> {
      context.frame = frame;
      try {
        return compiled.evaluate(context);
      } catch (JexlException e) {
        throw new ExpressionFailed(inside(at, e.getInfo()), reason(e), e);
      }
    };
  }

  private boolean checkNames(
      Value.Expression expression, JexlScript script, Scope scope, String what, Problems problems) {
    boolean sound = true;
    for (List<String> variable : script.getVariables()) {
      String name = variable.get(0);
      if (!scope.has(name)) {
        int at = indexOfWord(expression.text(), name);
        problems.add(place(expression, at), unknownName(name, scope, what));
        sound = false;
      }
    }
    return sound;
  }

  private boolean checkCalls(Value.Expression expression, Problems problems) {
    boolean sound = true;
    String text = blankStrings(expression.text());
    Matcher call = CALL.matcher(text);
    while (call.find()) {
      String prefix = call.group(1) == null ? "" : call.group(1);
      String name = call.group(2);
      if (WORDS.contains(name)) {
        continue;
      }
      if (!functions.prefixes().contains(prefix)) {
        // "a ? b:c(x)" looks like a prefix too.
        prefix = "";
      }
      Set<Integer> arities = functions.arities(prefix, name);
      Position at = place(expression, call.start(2));
      if (arities.isEmpty()) {
        problems.add(
            at,
            "no function "
                + (prefix.isEmpty() ? "" : prefix + ":")
                + name
                + Suggestion.of(name, functions.names(prefix)));
        sound = false;
      } else {
        int count = countArguments(text, call.end());
        if (count >= 0 && !arities.contains(count)) {
          problems.add(at, name + " takes " + arities + " arguments, not " + count);
          sound = false;
        }
      }
    }
    return sound;
  }

  private static int countArguments(String text, int open) {
    int depth = 0;
    int commas = 0;
    boolean empty = true;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' && depth == 0) {
        return empty ? 0 : commas + 1;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        commas++;
      }
      if (!Character.isWhitespace(c)) {
        empty = false;
      }
    }
    return -1;
  }

  private static String blankStrings(String text) {
    return STRING
        .matcher(text)
        .replaceAll(match -> "'" + "x".repeat(match.group().length() - 2) + "'");
  }

  private static int indexOfWord(String text, String word) {
    Matcher matcher =
        Pattern.compile("(?<![\\w.])" + Pattern.quote(word) + "(?!\\w)")
            .matcher(blankStrings(text));
    return matcher.find() ? matcher.start() : 0;
  }

  private static String unknownName(String name, Scope scope, String what) {
    return "no column " + name + " in " + what + Suggestion.of(name, scope.names());
  }

  /** The place of a character of the expression in the file. */
  private static Position place(Value.Expression expression, int index) {
    List<String> lines = new ArrayList<>(expression.text().substring(0, index).lines().toList());
    if (lines.isEmpty()) {
      return expression.at();
    }
    int line = lines.size();
    return inside(expression.at(), line, lines.get(line - 1).length() + 1);
  }

  private static Position inside(Position at, JexlInfo info) {
    return info == null ? at : inside(at, info.getLine(), info.getColumn());
  }

  private static Position inside(Position at, int line, int column) {
    return new Position(
        at.source(), at.line() + Math.max(0, line - 1), at.column() + Math.max(0, column - 1));
  }

  private static String reason(JexlException e) {
    Throwable cause = e.getCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof IllegalArgumentException || cause instanceof IllegalStateException) {
      return cause.getMessage();
    }
    return withoutPosition(e.getMessage());
  }

  private static String withoutPosition(String message) {
    return message == null ? "" : message.replaceFirst("^[^ ]*@?\\d+:\\d+[^ ]* ", "");
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
