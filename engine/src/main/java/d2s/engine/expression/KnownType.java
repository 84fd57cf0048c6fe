package d2s.engine.expression;

import java.util.List;

/**
 * What is known of a value before any row is seen.
 *
 * @param kind {@code Object} where nothing is known; {@link Long}, {@link Double} or {@link Number}
 *     for a number, {@link List} for every list and array but bytes, {@link Void} for null
 * @param lookup what a lookup can be asked; null for everything else
 */
public record KnownType(Class<?> kind, LookupShape lookup) {

  public static final KnownType UNKNOWN = of(Object.class);
  public static final KnownType NULL = of(Void.class);
  public static final KnownType TEXT = of(String.class);
  public static final KnownType INTEGER = of(Long.class);
  public static final KnownType FRACTION = of(Double.class);
  public static final KnownType BOOLEAN = of(Boolean.class);
  public static final KnownType BYTES = of(byte[].class);
  public static final KnownType LIST = of(List.class);

  /**
   * How a lookup is asked.
   *
   * @param keys the types of its key
   * @param hasValue whether {@code get} answers something
   * @param value the type of the answer
   */
  public record LookupShape(List<KnownType> keys, boolean hasValue, KnownType value) {}

  public static KnownType of(Class<?> kind) {
    return new KnownType(kind, null);
  }

  /** A lookup of which only this is known. */
  public static KnownType lookup(LookupShape shape) {
    return new KnownType(LookupTable.class, shape);
  }

  /** The type of a value that is there; not null. */
  public static KnownType ofValue(Object value) {
    return returned(value.getClass());
  }

  /** The type of what a method of Java returns. */
  static KnownType returned(Class<?> type) {
    if (type == boolean.class) {
      return BOOLEAN;
    } else if (type == double.class || type == float.class || type == Float.class) {
      return FRACTION;
    } else if (type == char.class) {
      return TEXT;
    } else if (type.isPrimitive() || type == Integer.class || type == Short.class) {
      return INTEGER;
    } else if (type.isArray() && type != byte[].class) {
      return LIST;
    } else if (CharSequence.class.isAssignableFrom(type)) {
      return TEXT;
    }
    return of(type);
  }

  public boolean isKnown() {
    return kind != Object.class;
  }

  public boolean isNull() {
    return kind == Void.class;
  }

  public boolean isText() {
    return kind == String.class;
  }

  public boolean isNumber() {
    return Number.class.isAssignableFrom(kind);
  }

  public boolean isBoolean() {
    return kind == Boolean.class;
  }

  /** Whether it may be null or nothing is known of it. */
  boolean isOpen() {
    return !isKnown() || isNull();
  }

  /** Whether {@code for_each} can repeat over it. */
  public boolean isList() {
    return kind.isArray()
        || java.util.Collection.class.isAssignableFrom(kind)
        || java.util.Map.class.isAssignableFrom(kind);
  }

  /** Whether a value of the one can equal a value of the other. */
  boolean isComparableWith(KnownType other) {
    return isOpen()
        || other.isOpen()
        || isNumber() && other.isNumber()
        || kind.isAssignableFrom(other.kind)
        || other.kind.isAssignableFrom(kind);
  }

  /** The type of a value that is one of two. */
  KnownType or(KnownType other) {
    if (equals(other) || other.isNull()) {
      return this;
    } else if (isNull()) {
      return other;
    }
    return isNumber() && other.isNumber() ? of(Number.class) : UNKNOWN;
  }

  /** {@code a text}, {@code a number} and so on. */
  public String words() {
    if (isNull()) {
      return "null";
    } else if (isText()) {
      return "a text";
    } else if (kind == Double.class) {
      return "a fraction";
    } else if (isNumber()) {
      return "a number";
    } else if (isBoolean()) {
      return "a boolean";
    } else if (kind == byte[].class) {
      return "bytes";
    } else if (kind == LookupTable.class) {
      return "a lookup";
    } else if (java.util.Map.class.isAssignableFrom(kind)) {
      return "an object";
    }
    return isList() ? "a list" : "of the type " + kind.getSimpleName();
  }
}
