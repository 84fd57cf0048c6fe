package d2s.engine.expression;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The expressions that mapping files consist of for the most part, without an interpreter: {@code
 * name}, {@code name.property}, and calls of functions with such arguments and constants.
 *
 * <p>They mean what JEXL makes of them, several times faster. Whatever is not of this shape, or
 * meets values that it is not sure of, is left to JEXL.
 */
final class DirectExpression {

  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:([A-Za-z_]\\w*)|'([^'\\\\]*)'|(\\d{1,9})|([(),:.]))");
  private static final Set<String> NO_NAMES =
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
          "instanceof",
          "new",
          "var",
          "if",
          "else",
          "for",
          "while",
          "return",
          "function");

  private final String text;
  private final Scope scope;
  private final FunctionTable functions;
  private final Set<Class<?>> beans;
  private int position;

  /** A value could not be had directly; JEXL decides what that means. */
  static final class Undecided extends RuntimeException {

    private static final long serialVersionUID = 1;

    Undecided() {
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
   * Compiles a text of this shape; empty for any other. The result throws {@link Undecided} where
   * it is not sure.
   */
  static Optional<Compiled> compile(String text, Scope scope, FunctionTable functions) {
    DirectExpression expression = new DirectExpression(text, scope, functions);
    Compiled compiled = expression.value();
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
    if (token != null && symbol.equals(token.group(4))) {
      position = token.end();
      return true;
    }
    return false;
  }

  private Compiled value() {
    Matcher token = next();
    if (token == null || token.group(4) != null) {
      return null;
    }
    position = token.end();
    if (token.group(2) != null) {
      String constant = token.group(2);
      return frame -> constant;
    }
    if (token.group(3) != null) {
      Integer constant = Integer.valueOf(token.group(3));
      return frame -> constant;
    }
    String name = token.group(1);
    if (NO_NAMES.contains(name)) {
      Object constant = name.equals("true") ? Boolean.TRUE : Boolean.FALSE;
      return switch (name) {
        case "null" -> frame -> null;
        case "true", "false" -> frame -> constant;
        default -> null;
      };
    }
    if (take(":")) {
      Matcher function = next();
      if (function == null || function.group(1) == null) {
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
      Matcher after = next();
      if (after != null && "(".equals(after.group(4))) {
        return null;
      }
      compiled = property(compiled, property.group(1));
    }
    return compiled;
  }

  private Compiled property(Compiled owner, String name) {
    Map<Class<?>, Method> getters = new HashMap<>();
    return frame -> {
      Object object = owner.evaluate(frame);
      if (object instanceof Map<?, ?> map) {
        return map.get(name);
      }
      if (object == null || !beans.contains(object.getClass())) {
        throw new Undecided();
      }
      return invoke(getters.computeIfAbsent(object.getClass(), type -> getter(type, name)), object);
    };
  }

  private static Method getter(Class<?> type, String property) {
    String capital = Character.toUpperCase(property.charAt(0)) + property.substring(1);
    for (String name : List.of("get" + capital, "is" + capital)) {
      try {
        Method method = type.getMethod(name);
        // Every object has a class; expressions must not get at it.
        if (method.getDeclaringClass() != Object.class) {
          return method;
        }
      } catch (NoSuchMethodException e) {
        continue;
      }
    }
    throw new Undecided();
  }

  private Compiled call(String namespace, String name) {
    List<Compiled> arguments = new ArrayList<>();
    if (!take(")")) {
      do {
        Compiled argument = value();
        if (argument == null) {
          return null;
        }
        arguments.add(argument);
      } while (take(","));
      if (!take(")")) {
        return null;
      }
    }
    Matcher after = next();
    if (after != null && ".".equals(after.group(4))) {
      return null;
    }
    Optional<Method> method = functions.only(namespace, name, arguments.size());
    if (method.isEmpty()) {
      return null;
    }
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
      throw new Undecided();
    }
  }
}
