package d2s.engine.expression;

import d2s.engine.expression.KnownType.LookupShape;
import d2s.engine.function.FunctionTable;
import d2s.engine.yaml.Suggestion;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.commons.jexl3.parser.ASTAddNode;
import org.apache.commons.jexl3.parser.ASTAndNode;
import org.apache.commons.jexl3.parser.ASTArguments;
import org.apache.commons.jexl3.parser.ASTArrayLiteral;
import org.apache.commons.jexl3.parser.ASTDivNode;
import org.apache.commons.jexl3.parser.ASTEQNode;
import org.apache.commons.jexl3.parser.ASTERNode;
import org.apache.commons.jexl3.parser.ASTEmptyFunction;
import org.apache.commons.jexl3.parser.ASTFalseNode;
import org.apache.commons.jexl3.parser.ASTFunctionNode;
import org.apache.commons.jexl3.parser.ASTGENode;
import org.apache.commons.jexl3.parser.ASTGTNode;
import org.apache.commons.jexl3.parser.ASTIdentifier;
import org.apache.commons.jexl3.parser.ASTIdentifierAccess;
import org.apache.commons.jexl3.parser.ASTLENode;
import org.apache.commons.jexl3.parser.ASTLTNode;
import org.apache.commons.jexl3.parser.ASTMapLiteral;
import org.apache.commons.jexl3.parser.ASTMethodNode;
import org.apache.commons.jexl3.parser.ASTModNode;
import org.apache.commons.jexl3.parser.ASTMulNode;
import org.apache.commons.jexl3.parser.ASTNENode;
import org.apache.commons.jexl3.parser.ASTNRNode;
import org.apache.commons.jexl3.parser.ASTNotNode;
import org.apache.commons.jexl3.parser.ASTNullLiteral;
import org.apache.commons.jexl3.parser.ASTNumberLiteral;
import org.apache.commons.jexl3.parser.ASTOrNode;
import org.apache.commons.jexl3.parser.ASTReference;
import org.apache.commons.jexl3.parser.ASTReferenceExpression;
import org.apache.commons.jexl3.parser.ASTRegexLiteral;
import org.apache.commons.jexl3.parser.ASTSizeFunction;
import org.apache.commons.jexl3.parser.ASTStringLiteral;
import org.apache.commons.jexl3.parser.ASTSubNode;
import org.apache.commons.jexl3.parser.ASTTernaryNode;
import org.apache.commons.jexl3.parser.ASTTrueNode;
import org.apache.commons.jexl3.parser.ASTUnaryMinusNode;
import org.apache.commons.jexl3.parser.JexlNode;

/**
 * Finds the type of an expression as far as it is known without a row, and what can never be
 * evaluated: an operator, a function or a method with a value of the wrong type.
 *
 * <p>Says nothing where anything is unknown. A value that is null at run time is not its subject.
 */
final class TypeChecker {

  private static final Map<Class<?>, String> ARITHMETIC =
      Map.of(
          ASTSubNode.class, "-",
          ASTMulNode.class, "*",
          ASTDivNode.class, "/",
          ASTModNode.class, "%");

  private static final Set<Class<?>> EQUALITY = Set.of(ASTEQNode.class, ASTNENode.class);

  private static final Set<Class<?>> ORDER =
      Set.of(ASTLTNode.class, ASTGTNode.class, ASTLENode.class, ASTGENode.class);

  /** Questions whose answer is a boolean, whatever is asked. */
  private static final Set<Class<?>> ANSWERS =
      Set.of(ASTTrueNode.class, ASTFalseNode.class, ASTEmptyFunction.class);

  private final Scope scope;
  private final FunctionTable functions;
  private final Sandbox sandbox;
  private final BiConsumer<JexlNode, String> report;

  /**
   * @param report takes the place of what is wrong, and a sentence
   */
  TypeChecker(Scope scope, FunctionTable functions, BiConsumer<JexlNode, String> report) {
    this.scope = scope;
    this.functions = functions;
    this.sandbox = new Sandbox(functions);
    this.report = report;
  }

  /**
   * @param node null where an expression is nothing but a comment
   */
  KnownType type(JexlNode node) {
    if (node == null) {
      return KnownType.UNKNOWN;
    }
    if (node instanceof ASTIdentifier name) {
      return scope.type(name.getName());
    } else if (node instanceof ASTStringLiteral) {
      return KnownType.TEXT;
    } else if (node instanceof ASTNumberLiteral number) {
      return number.isInteger() ? KnownType.INTEGER : KnownType.FRACTION;
    } else if (node instanceof ASTNullLiteral) {
      return KnownType.NULL;
    } else if (node instanceof ASTReference) {
      return reference(node);
    } else if (node instanceof ASTFunctionNode) {
      return function(node);
    }
    List<KnownType> parts = children(node).stream().map(this::type).toList();
    if (ANSWERS.contains(node.getClass())) {
      return KnownType.BOOLEAN;
    } else if (node instanceof ASTSizeFunction) {
      return KnownType.INTEGER;
    } else if (node instanceof ASTArrayLiteral) {
      return KnownType.LIST;
    } else if (node instanceof ASTMapLiteral) {
      return KnownType.of(Map.class);
    } else if (node instanceof ASTReferenceExpression) {
      return parts.size() == 1 ? parts.get(0) : KnownType.UNKNOWN;
    }
    return operator(node, parts);
  }

  private KnownType operator(JexlNode node, List<KnownType> parts) {
    Class<?> operator = node.getClass();
    if (ARITHMETIC.containsKey(operator)) {
      return arithmetic(node, parts, ARITHMETIC.get(operator));
    } else if (node instanceof ASTUnaryMinusNode) {
      KnownType only = parts.get(0);
      if (!only.isOpen() && !only.isNumber()) {
        report.accept(child(node, 0), "- needs a number, not " + only.words());
      }
      return only.isNumber() ? only : KnownType.of(Number.class);
    } else if (node instanceof ASTAddNode) {
      return sum(node, parts);
    } else if (EQUALITY.contains(operator) || ORDER.contains(operator)) {
      KnownType left = parts.get(0);
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i).lookup() != null) {
          report.accept(child(node, i), "a lookup is no value; ask it with has(…) or get(…)");
          return KnownType.BOOLEAN;
        }
      }
      if (!left.isComparableWith(parts.get(1))) {
        report.accept(
            child(node, 0), "cannot compare " + left.words() + " and " + parts.get(1).words());
      }
      return KnownType.BOOLEAN;
    } else if (node instanceof ASTAndNode
        || node instanceof ASTOrNode
        || node instanceof ASTNotNode) {
      for (int i = 0; i < parts.size(); i++) {
        requireBoolean(child(node, i), parts.get(i));
      }
      return KnownType.BOOLEAN;
    } else if (node instanceof ASTERNode || node instanceof ASTNRNode) {
      match(node, parts);
      return KnownType.BOOLEAN;
    } else if (node instanceof ASTTernaryNode) {
      return choice(node, parts);
    }
    return KnownType.UNKNOWN;
  }

  private KnownType arithmetic(JexlNode node, List<KnownType> parts, String symbol) {
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).isOpen() && !parts.get(i).isNumber()) {
        report.accept(
            child(node, i),
            symbol
                + " needs numbers, not "
                + parts.get(0).words()
                + " and "
                + parts.get(1).words());
        return KnownType.UNKNOWN;
      }
    }
    boolean dividing = node instanceof ASTDivNode || node instanceof ASTModNode;
    if (dividing
        && child(node, 1) instanceof ASTNumberLiteral by
        && by.getLiteral().doubleValue() == 0) {
      report.accept(child(node, 1), "division by zero");
    }
    return number(parts);
  }

  private static KnownType number(List<KnownType> parts) {
    if (parts.stream().allMatch(KnownType.INTEGER::equals)) {
      return KnownType.INTEGER;
    }
    return parts.stream().allMatch(KnownType::isNumber)
            && parts.stream().anyMatch(KnownType.FRACTION::equals)
        ? KnownType.FRACTION
        : KnownType.of(Number.class);
  }

  private KnownType sum(JexlNode node, List<KnownType> parts) {
    KnownType left = parts.get(0);
    KnownType right = parts.get(1);
    if (left.isNumber() && right.isNumber()) {
      return number(parts);
    }
    boolean plain =
        parts.stream().allMatch(p -> p.isOpen() || p.isText() || p.isNumber() || p.isBoolean());
    boolean text = parts.stream().anyMatch(part -> part.isOpen() || part.isText());
    if (!plain || !text) {
      report.accept(child(node, 0), "cannot add " + left.words() + " and " + right.words());
      return KnownType.UNKNOWN;
    }
    return left.isText() || right.isText() ? KnownType.TEXT : KnownType.UNKNOWN;
  }

  private void requireBoolean(JexlNode at, KnownType type) {
    if (!type.isOpen() && !type.isBoolean()) {
      report.accept(at, "must be true or false, not " + type.words());
    }
  }

  private void match(JexlNode node, List<KnownType> parts) {
    JexlNode right = child(node, 1);
    if (right instanceof ASTStringLiteral pattern) {
      if (!parts.get(0).isOpen() && !parts.get(0).isText()) {
        report.accept(child(node, 0), "=~ needs a text, not " + parts.get(0).words());
      }
      try {
        Pattern.compile(pattern.getLiteral());
      } catch (PatternSyntaxException e) {
        report.accept(right, "not a regular expression: " + lowerFirst(e.getDescription()));
      }
    } else if (parts.get(1).isNumber() || parts.get(1).isBoolean()) {
      report.accept(right, "=~ needs a regular expression or a list, not " + parts.get(1).words());
    } else if (right instanceof ASTRegexLiteral
        && !parts.get(0).isOpen()
        && !parts.get(0).isText()) {
      report.accept(child(node, 0), "=~ needs a text, not " + parts.get(0).words());
    }
  }

  private static String lowerFirst(String sentence) {
    return sentence.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + sentence.substring(1);
  }

  private KnownType choice(JexlNode node, List<KnownType> parts) {
    if (parts.size() == 2) {
      return parts.get(0).or(parts.get(1));
    }
    requireBoolean(child(node, 0), parts.get(0));
    return parts.get(1).or(parts.get(2));
  }

  /** {@code a.b.c(d)}: a value and what is asked of it, one after the other. */
  private KnownType reference(JexlNode node) {
    KnownType owner = type(child(node, 0));
    for (JexlNode asked : children(node).subList(1, node.jjtGetNumChildren())) {
      if (asked instanceof ASTMethodNode) {
        owner = method(asked, owner);
      } else if (asked.getClass() == ASTIdentifierAccess.class) {
        owner = property((ASTIdentifierAccess) asked, owner);
      } else {
        children(asked).forEach(this::type);
        owner = KnownType.UNKNOWN;
      }
    }
    return owner;
  }

  private KnownType property(ASTIdentifierAccess access, KnownType owner) {
    String name = access.getName();
    if (owner.isOpen() || Map.class.isAssignableFrom(owner.kind())) {
      return KnownType.UNKNOWN;
    } else if (functions.values().contains(owner.kind())) {
      return propertyOf(access, owner.kind(), name);
    } else if (owner.isText() || owner.isNumber() || owner.isBoolean() || owner.lookup() != null) {
      report.accept(
          access,
          owner.words()
              + " has no property "
              + name
              + (owner.lookup() == null ? "" : "; it answers has(…) and get(…)"));
    }
    return KnownType.UNKNOWN;
  }

  private KnownType propertyOf(JexlNode at, Class<?> type, String name) {
    Set<String> known = new TreeSet<>();
    for (Method method : type.getMethods()) {
      if (method.getParameterCount() != 0 || method.getDeclaringClass() == Object.class) {
        continue;
      }
      String property = propertyName(method.getName());
      if (property.equals(name)) {
        return KnownType.returned(method.getReturnType());
      }
      known.add(property);
    }
    report.accept(
        at,
        "there is no property "
            + name
            + " in a "
            + type.getSimpleName()
            + Suggestion.of(name, known));
    return KnownType.UNKNOWN;
  }

  private static String propertyName(String method) {
    for (String prefix : List.of("get", "is")) {
      int begin = prefix.length();
      if (method.startsWith(prefix)
          && method.length() > begin
          && Character.isUpperCase(method.charAt(begin))) {
        return Character.toLowerCase(method.charAt(begin)) + method.substring(begin + 1);
      }
    }
    return method;
  }

  private KnownType method(JexlNode call, KnownType owner) {
    JexlNode name = child(call, 0);
    List<JexlNode> arguments = new ArrayList<>();
    for (JexlNode child : children(call)) {
      if (child instanceof ASTArguments) {
        arguments.addAll(children(child));
      }
    }
    List<KnownType> given = arguments.stream().map(this::type).toList();
    if (!(name instanceof ASTIdentifierAccess access) || owner.isOpen()) {
      return KnownType.UNKNOWN;
    } else if (owner.lookup() != null) {
      return lookup(access, owner.lookup(), arguments, given);
    }
    Class<?> kind = owner.kind() == Number.class ? Long.class : owner.kind();
    List<Method> callable =
        Arrays.stream(kind.getMethods())
            .filter(method -> !method.isBridge() && sandbox.allow(method))
            .toList();
    if (callable.isEmpty()) {
      return KnownType.UNKNOWN;
    }
    List<Method> named =
        callable.stream().filter(method -> method.getName().equals(access.getName())).toList();
    if (named.isEmpty()) {
      report.accept(
          access,
          owner.words()
              + " has no method "
              + access.getName()
              + Suggestion.of(
                  access.getName(), callable.stream().map(Method::getName).distinct().toList()));
      return KnownType.UNKNOWN;
    }
    List<Class<?>> returned =
        named.stream().<Class<?>>map(Method::getReturnType).distinct().toList();
    return returned.size() == 1 ? KnownType.returned(returned.get(0)) : KnownType.UNKNOWN;
  }

  private KnownType lookup(
      ASTIdentifierAccess name,
      LookupShape lookup,
      List<JexlNode> arguments,
      List<KnownType> given) {
    String question = name.getName();
    if (!question.equals("has") && !question.equals("get")) {
      report.accept(
          name,
          "a lookup answers has(…) and get(…), not "
              + question
              + Suggestion.of(question, List.of("has", "get")));
      return KnownType.UNKNOWN;
    }
    if (given.size() != lookup.keys().size()) {
      report.accept(
          name,
          "the key of this lookup has "
              + lookup.keys().size()
              + (lookup.keys().size() == 1 ? " column" : " columns")
              + ", but it is asked with "
              + given.size());
      return KnownType.UNKNOWN;
    }
    for (int i = 0; i < given.size(); i++) {
      if (!lookup.keys().get(i).isComparableWith(given.get(i))) {
        report.accept(
            arguments.get(i),
            "this part of the key is "
                + lookup.keys().get(i).words()
                + ", so "
                + given.get(i).words()
                + " is never found");
      }
    }
    if (question.equals("has")) {
      return KnownType.BOOLEAN;
    }
    if (!lookup.hasValue()) {
      report.accept(name, "this lookup has no value: to be asked, so that get(…) is always null");
    }
    return lookup.value();
  }

  private KnownType function(JexlNode node) {
    ASTIdentifier name = (ASTIdentifier) child(node, 0);
    List<JexlNode> arguments = children(child(node, 1));
    List<KnownType> given = arguments.stream().map(this::type).toList();
    String namespace = name.getNamespace() == null ? "" : name.getNamespace();
    Optional<Method> only = functions.only(namespace, name.getName(), arguments.size());
    if (only.isEmpty()) {
      return KnownType.UNKNOWN;
    }
    Class<?>[] wanted = only.get().getParameterTypes();
    for (int i = 0; i < wanted.length; i++) {
      KnownType parameter = KnownType.returned(wanted[i]);
      boolean list = parameter.isList() && given.get(i).isList();
      if (!list && !parameter.isComparableWith(given.get(i))) {
        report.accept(
            arguments.get(i),
            name.getName() + " takes " + parameter.words() + " here, not " + given.get(i).words());
      }
    }
    return KnownType.returned(only.get().getReturnType());
  }

  private static JexlNode child(JexlNode node, int index) {
    return node.jjtGetChild(index);
  }

  private static List<JexlNode> children(JexlNode node) {
    List<JexlNode> children = new ArrayList<>();
    for (int i = 0; i < node.jjtGetNumChildren(); i++) {
      children.add(child(node, i));
    }
    return children;
  }
}
