package d2s.engine.expression;

import d2s.engine.function.Elements;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import org.apache.commons.jexl3.JexlArithmetic;
import org.apache.commons.jexl3.JexlOperator;

/**
 * Operators without conversions. JEXL's own would take {@code '5' * 2} for 10 and {@code 1 == '1'}
 * for true, and would quote the text in its message where it is no number.
 *
 * <p>The one conversion that stays is {@code +} with a text on either side: it joins the two.
 */
final class StrictArithmetic extends JexlArithmetic {

  /** More than any value of a database that can be read here; a chain of joins cannot exceed it. */
  private static final int LONGEST_TEXT = 64 * 1024 * 1024;

  /** Operands of the wrong kinds. The message names the kinds, never the values. */
  static final class OperandException extends ArithmeticException {

    private static final long serialVersionUID = 1;

    OperandException(String message) {
      super(message);
    }
  }

  StrictArithmetic() {
    super(true);
  }

  @Override
  protected JexlArithmetic createWithOptions(boolean strict, MathContext context, int scale) {
    return new StrictArithmetic();
  }

  private static void requireNumbers(Object left, Object right, String what) {
    boolean fit =
        (left == null || left instanceof Number) && (right == null || right instanceof Number);
    if (!fit) {
      throw new OperandException(what + " needs numbers, not " + kinds(left, right));
    }
  }

  private static void requireNumber(Object value, String what) {
    if (value != null && !(value instanceof Number)) {
      throw new OperandException(what + " needs a number, not " + ValueKind.of(value));
    }
  }

  private static void requireSameKind(Object left, Object right) {
    if (left != null && right != null && !ValueKind.of(left).equals(ValueKind.of(right))) {
      throw new OperandException("cannot compare " + kinds(left, right));
    }
  }

  private static String kinds(Object left, Object right) {
    return ValueKind.of(left) + " and " + ValueKind.of(right);
  }

  @Override
  public Object add(Object left, Object right) {
    if (left == null || right == null) {
      return super.add(left, right);
    }
    if (left instanceof Number && right instanceof Number) {
      return super.add(left, right);
    }
    boolean text = left instanceof CharSequence || right instanceof CharSequence;
    if (text && isPlain(left) && isPlain(right)) {
      String first = left.toString();
      String second = right.toString();
      if ((long) first.length() + second.length() > LONGEST_TEXT) {
        throw new OperandException("the text gets longer than " + LONGEST_TEXT + " characters");
      }
      return first + second;
    }
    throw new OperandException("cannot add " + kinds(left, right));
  }

  private static boolean isPlain(Object value) {
    return value instanceof CharSequence
        || value instanceof Character
        || value instanceof Number
        || value instanceof Boolean;
  }

  @Override
  public Object subtract(Object left, Object right) {
    requireNumbers(left, right, "-");
    return super.subtract(left, right);
  }

  @Override
  public Object multiply(Object left, Object right) {
    requireNumbers(left, right, "*");
    return super.multiply(left, right);
  }

  @Override
  public Object divide(Object left, Object right) {
    requireNumbers(left, right, "/");
    if (isZero(right)) {
      throw new OperandException("division by zero");
    }
    return super.divide(left, right);
  }

  @Override
  public Object mod(Object left, Object right) {
    requireNumbers(left, right, "%");
    if (isZero(right)) {
      throw new OperandException("division by zero");
    }
    return super.mod(left, right);
  }

  private static boolean isZero(Object value) {
    return value instanceof Number number && number.doubleValue() == 0;
  }

  @Override
  public Object negate(Object value) {
    requireNumber(value, "-");
    return super.negate(value);
  }

  @Override
  public Object positivize(Object value) {
    requireNumber(value, "+");
    return super.positivize(value);
  }

  @Override
  public Object and(Object left, Object right) {
    requireNumbers(left, right, "&");
    return super.and(left, right);
  }

  @Override
  public Object or(Object left, Object right) {
    requireNumbers(left, right, "|");
    return super.or(left, right);
  }

  @Override
  public Object xor(Object left, Object right) {
    requireNumbers(left, right, "^");
    return super.xor(left, right);
  }

  @Override
  public Object complement(Object value) {
    requireNumber(value, "~");
    return super.complement(value);
  }

  @Override
  public Object shiftLeft(Object left, Object right) {
    requireNumbers(left, right, "<<");
    return super.shiftLeft(left, right);
  }

  @Override
  public Object shiftRight(Object left, Object right) {
    requireNumbers(left, right, ">>");
    return super.shiftRight(left, right);
  }

  @Override
  public Object shiftRightUnsigned(Object left, Object right) {
    requireNumbers(left, right, ">>>");
    return super.shiftRightUnsigned(left, right);
  }

  @Override
  public Iterable<?> createRange(Object from, Object to) {
    requireNumbers(from, to, "..");
    return super.createRange(from, to);
  }

  @Override
  public boolean equals(Object left, Object right) {
    requireSameKind(left, right);
    return super.equals(left, right);
  }

  @Override
  protected int compare(Object left, Object right, JexlOperator operator) {
    requireSameKind(left, right);
    return super.compare(left, right, operator);
  }

  /** {@code value =~ list}: JEXL's own does not find a number among narrower ones. */
  @Override
  public Boolean contains(Object container, Object value) {
    List<?> elements = container instanceof Map ? null : Elements.of(container);
    return elements == null
        ? super.contains(container, value)
        : (Boolean) elements.stream().anyMatch(element -> equals(element, value));
  }

  /** The condition of {@code ? :}; null is not true. */
  @Override
  public boolean testPredicate(Object value) {
    return value != null && toBoolean(true, value);
  }

  @Override
  public boolean toBoolean(Object value) {
    return toBoolean(true, value);
  }

  @Override
  protected boolean toBoolean(boolean strict, Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw new OperandException("must be true or false, not " + ValueKind.of(value));
  }
}
