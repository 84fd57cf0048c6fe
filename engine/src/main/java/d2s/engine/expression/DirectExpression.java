package d2s.engine.expression;

import d2s.engine.function.FunctionTable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The expressions that mapping files consist of for the most part, without an interpreter: {@code
 * name}, {@code name.property}, constants, calls of functions, questions to lookups, comparisons,
 * {@code not}, {@code &&}, {@code ||} and {@code ? :} of such.
 *
 * <p>They mean what JEXL makes of them, several times faster. Whatever is not of this shape, or
 * meets values that it is not sure of, is left to JEXL.
 */
final class DirectExpression {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:([A-Za-z_]\\w*)|'([^'\\\\]*)'|\"([^\"\\\\]*)\"|(\\d{1,9})(?![\\w.])"
              + "|(&&|\\|\\||[=!<>]=(?![=^$~])|[<>](?![<>])|!(?![=~^$])|[(),:?.]))");
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");
  private final String text;
  private final Scope scope;
  private final FunctionTable functions;
  private final Set<Class<?>> beans;
  private int position;

  /** A value could not be had directly; JEXL decides what that means. */
  static final class UndecidedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UndecidedException() {
      super(null, null, false, false);
    }
  }

  private DirectExpression(String text, Scope scope, FunctionTable functions) {
    this.text = text;
    this.scope = scope;
    this.functions = functions;
    this.beans = Set.copyOf(functions.values());
  }

  /**
   * Compiles a text of this shape; empty for any other. The result throws {@link
   * UndecidedException} where it is not sure.
   */
  static Optional<Compiled> compile(String text, Scope scope, FunctionTable functions) {
    DirectExpression expression = new DirectExpression(text, scope, functions);
    Compiled compiled = expression.choice();
    return compiled == null || expression.position != text.stripTrailing().length()
        ? Optional.empty()
        : Optional.of(compiled);
  }

  private Matcher next() {
    Matcher token = TOKEN.matcher(text).region(position, text.length());
    return token.lookingAt() ? token : null;
  }

  private boolean take(String symbol) {
    Matcher token = next();
    if (token != null && symbol.equals(token.group(5))) {
      position = token.end();
      return true;
    }
    return false;
  }

  /** {@code condition ? one : other}, or its parts. */
  private Compiled choice() {
    Compiled condition = alternatives();
    if (condition == null || !take("?")) {
      return condition;
    }
    Compiled one = choice();
    if (one == null || !take(":")) {
      return null;
    }
    Compiled other = choice();
    return other == null
        ? null
        : frame -> isTrue(condition.evaluate(frame)) ? one.evaluate(frame) : other.evaluate(frame);
  }

  private Compiled alternatives() {
    Compiled left = conditions();
    while (left != null && take("||")) {
      Compiled first = left;
      Compiled second = conditions();
      if (second == null) {
        return null;
      }
      left = frame -> isTrue(first.evaluate(frame)) || isTrue(second.evaluate(frame));
    }
    return left;
  }

  private Compiled conditions() {
    Compiled left = comparison();
    while (left != null && take("&&")) {
      Compiled first = left;
      Compiled second = comparison();
      if (second == null) {
        return null;
      }
      left = frame -> isTrue(first.evaluate(frame)) && isTrue(second.evaluate(frame));
    }
    return left;
  }

  private static boolean isTrue(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw new UndecidedException();
  }

  private Compiled comparison() {
    Compiled left = negation();
    Matcher token = next();
    if (left == null || token == null || !COMPARISONS.contains(String.valueOf(token.group(5)))) {
      return left;
    }
    position = token.end();
    Compiled right = negation();
    if (right == null) {
      return null;
    }
    return switch (token.group(5)) {
      case "==" -> frame -> areEqual(left.evaluate(frame), right.evaluate(frame));
      case "!=" -> frame -> !areEqual(left.evaluate(frame), right.evaluate(frame));
      case "<" -> frame -> order(left.evaluate(frame), right.evaluate(frame)) < 0;
      case ">" -> frame -> order(left.evaluate(frame), right.evaluate(frame)) > 0;
      case "<=" -> frame -> order(left.evaluate(frame), right.evaluate(frame)) <= 0;
      default -> frame -> order(left.evaluate(frame), right.evaluate(frame)) >= 0;
    };
  }

  private static boolean areEqual(Object left, Object right) {
    if (left == null || right == null) {
      return left == right;
    }
    boolean same =
        left instanceof String && right instanceof String
            || left instanceof Boolean && right instanceof Boolean;
    return same ? left.equals(right) : order(left, right) == 0;
  }

  private static int order(Object left, Object right) {
    if (isInteger(left) && isInteger(right)) {
      return Long.compare(((Number) left).longValue(), ((Number) right).longValue());
    }
    throw new UndecidedException();
  }

  private static boolean isInteger(Object value) {
    return value instanceof Long || value instanceof Integer;
  }

  private Compiled negation() {
    Matcher token = next();
    boolean word = token != null && "not".equals(token.group(1));
    if (word || token != null && "!".equals(token.group(5))) {
      position = token.end();
      Compiled denied = negation();
      return denied == null ? null : frame -> !isTrue(denied.evaluate(frame));
    }
    if (take("(")) {
      Compiled inner = choice();
      return inner == null || !take(")") || isFollowed() ? null : inner;
    }
    return value();
  }

  /** Whether something hangs on what was just read: {@code (a).b}. */
  private boolean isFollowed() {
    Matcher token = next();
    return token != null && (".".equals(token.group(5)) || "(".equals(token.group(5)));
  }

  private Compiled value() {
    Matcher token = next();
    if (token == null || token.group(5) != null) {
      return null;
    }
    position = token.end();
    String constant = token.group(2) != null ? token.group(2) : token.group(3);
    if (constant != null) {
      return isFollowed() ? null : frame -> constant;
    }
    if (token.group(4) != null) {
      Integer number = Integer.valueOf(token.group(4));
      return isFollowed() ? null : frame -> number;
    }
    String name = token.group(1);
    if (Words.isReserved(name)) {
      Object flag = name.equals("true") ? Boolean.TRUE : Boolean.FALSE;
      return switch (name) {
        case "null" -> frame -> null;
        case "true", "false" -> frame -> flag;
        default -> null;
      };
    }
    if (functions.prefixes().contains(name) && take(":")) {
      Matcher function = next();
      // A column can have the name of a prefix: then "a ? text : f(b)" has two meanings.
      if (function == null || function.group(1) == null || scope.has(name)) {
        return null;
      }
      position = function.end();
      return take("(") ? call(name, function.group(1)) : null;
    }
    if (take("(")) {
      return call("", name);
    }
    return path(name);
  }

  private Compiled path(String name) {
    int slot = scope.slot(name);
    if (slot < 0) {
      return null;
    }
    Compiled compiled = frame -> frame[slot];
    while (take(".")) {
      Matcher property = next();
      if (property == null || property.group(1) == null) {
        return null;
      }
      position = property.end();
      if (take("(")) {
        return lookup(compiled, property.group(1));
      }
      compiled = property(compiled, property.group(1));
    }
    return compiled;
  }

  /** {@code lookup.has(a)}, {@code lookup.get(a, b)}. */
  private Compiled lookup(Compiled owner, String question) {
    List<Compiled> keys = arguments();
    if (keys == null || keys.isEmpty() || keys.size() > 2 || isFollowed()) {
      return null;
    }
    Compiled first = keys.get(0);
    Compiled second = keys.size() == 1 ? null : keys.get(1);
    return switch (question) {
      case "has" ->
          second == null
              ? frame -> table(owner, frame).has(first.evaluate(frame))
              : frame -> table(owner, frame).has(first.evaluate(frame), second.evaluate(frame));
      case "get" ->
          second == null
              ? frame -> table(owner, frame).get(first.evaluate(frame))
              : frame -> table(owner, frame).get(first.evaluate(frame), second.evaluate(frame));
      default -> null;
    };
  }

  private static LookupTable table(Compiled owner, Object[] frame) {
    if (owner.evaluate(frame) instanceof LookupTable table) {
      return table;
    }
    throw new UndecidedException();
  }

  /** The arguments up to the closing parenthesis; null if they are not of this shape. */
  private List<Compiled> arguments() {
    List<Compiled> arguments = new ArrayList<>();
    if (take(")")) {
      return arguments;
    }
    do {
      Compiled argument = choice();
      if (argument == null) {
        return null;
      }
      arguments.add(argument);
    } while (take(","));
    return take(")") ? arguments : null;
  }

  private Compiled property(Compiled owner, String name) {
    // Nearly always the objects of one place are of one class.
    PropertyOf[] last = {new PropertyOf(null, null)};
    return frame -> {
      Object object = owner.evaluate(frame);
      if (object instanceof Map<?, ?> map) {
        return map.get(name);
      }
      if (object == null) {
        throw new UndecidedException();
      }
      PropertyOf property = last[0];
      if (property.type() != object.getClass()) {
        property = new PropertyOf(object.getClass(), getter(object.getClass(), name));
        last[0] = property;
      }
      try {
        return property.getter().of(object);
      } catch (RuntimeException e) {
        throw new UndecidedException();
      }
    };
  }

  /** How a property of objects of one class is read. */
  private record PropertyOf(Class<?> type, Getter getter) {}

  private Getter getter(Class<?> type, String property) {
    if (!beans.contains(type)) {
      throw new UndecidedException();
    }
    return Getter.find(type, property).orElseThrow(UndecidedException::new);
  }

  private Compiled call(String namespace, String name) {
    List<Compiled> arguments = arguments();
    if (arguments == null || isFollowed()) {
      return null;
    }
    Optional<Method> method = functions.only(namespace, name, arguments.size());
    if (method.isEmpty()) {
      return null;
    }
    method.get().setAccessible(true);
    Object provider = functions.provider(namespace);
    Compiled[] values = arguments.toArray(Compiled[]::new);
    return frame -> {
      Object[] given = new Object[values.length];
      for (int i = 0; i < given.length; i++) {
        given[i] = values[i].evaluate(frame);
      }
      return invoke(method.get(), provider, given);
    };
  }

  private static Object invoke(Method method, Object owner, Object... arguments) {
    try {
      return method.invoke(owner, arguments);
    } catch (InvocationTargetException | IllegalArgumentException | IllegalAccessException e) {
      throw new UndecidedException();
    }
  }
}
