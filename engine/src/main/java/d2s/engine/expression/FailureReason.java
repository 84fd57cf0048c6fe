package d2s.engine.expression;

import d2s.engine.expression.StrictArithmetic.OperandException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.jexl3.JexlException;

/**
 * Says why an expression failed, without the values that it failed for: JEXL's and Java's own
 * messages quote them, and they can be passwords or keys.
 */
final class FailureReason {

  private static final Map<String, String> KINDS = new TreeMap<>();

  static {
    KINDS.put("String", "text");
    KINDS.put("Character", "text");
    KINDS.put("Boolean", "boolean");
    KINDS.put("Object", "null");
    for (String number :
        new String[] {
          "Byte", "Short", "Integer", "Long", "Float", "Double", "BigInteger", "BigDecimal"
        }) {
      KINDS.put(number, "number");
    }
  }

  private FailureReason() {}

  static String of(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OperandException || isOfFunction(cause)) {
        return cause.getMessage();
      }
    }
    if (failure instanceof JexlException.Variable variable) {
      return variable.getVariable() + " is null";
    } else if (failure instanceof JexlException.Property property) {
      String name = property.getProperty().replaceFirst("^[?.]+", "");
      return property.isUndefined()
          ? "there is no property " + name
          : "the property " + name + " of null was asked for";
    } else if (failure instanceof JexlException.Method method) {
      return "there is no " + signature(method) + " that can be called here";
    } else if (failure instanceof JexlException.Operator operator) {
      return "the operator " + operator.getSymbol() + " cannot be used with these values";
    }
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause == failure
        ? "it cannot be evaluated"
        : "it cannot be evaluated (" + cause.getClass().getSimpleName() + ")";
  }

  /** Functions explain themselves in exceptions of these kinds; those of Java quote values. */
  private static boolean isOfFunction(Throwable cause) {
    if (!(cause instanceof IllegalArgumentException) && !(cause instanceof IllegalStateException)) {
      return false;
    }
    StackTraceElement[] trace = cause.getStackTrace();
    return trace.length > 0
        && !trace[0].getClassName().startsWith("java.")
        && !trace[0].getClassName().startsWith("org.apache.commons.jexl3.");
  }

  /** {@code lower(number)} from JEXL's {@code lower(Byte)}. */
  private static String signature(JexlException.Method method) {
    String signature = method.getMethodSignature();
    int open = signature.indexOf('(');
    if (open < 0) {
      return signature + "()";
    }
    StringBuilder result = new StringBuilder(signature.substring(0, open + 1));
    String[] types = signature.substring(open + 1, signature.length() - 1).split(",\\s*");
    for (int i = 0; i < types.length; i++) {
      result.append(i == 0 ? "" : ", ").append(KINDS.getOrDefault(types[i], types[i]));
    }
    return result.append(')').toString();
  }
}
