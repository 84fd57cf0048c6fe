package d2s.engine.expression;

import d2s.engine.function.FunctionTable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.jexl3.introspection.JexlPermissions;

/**
 * What expressions can reach: the registered functions, the values they return, texts, numbers,
 * maps and lists, of which only what reads. Starts from nothing, because none of JEXL's own presets
 * is meant for this.
 */
final class Sandbox implements JexlPermissions {

  /** Values that nothing can change: all their methods can be used. */
  private static final List<Class<?>> CONSTANTS =
      List.of(String.class, Number.class, Boolean.class);

  /** Methods that only read, of values that others could change. */
  private static final Map<Class<?>, Set<String>> READING =
      Map.of(
          Map.class,
          Set.of(
              "get",
              "getOrDefault",
              "containsKey",
              "containsValue",
              "size",
              "isEmpty",
              "keySet",
              "values",
              "entrySet"),
          Map.Entry.class,
          Set.of("getKey", "getValue"),
          Collection.class,
          Set.of("get", "contains", "containsAll", "indexOf", "lastIndexOf", "size", "isEmpty"),
          LookupTable.class,
          Set.of("has", "get"));

  /**
   * Methods of texts and numbers whose result can be far larger than what they are given: a short
   * expression could take all memory or all time.
   */
  private static final Set<String> GROWING =
      Set.of(
          "format",
          "formatted",
          "repeat",
          "replace",
          "replaceAll",
          "replaceFirst",
          "join",
          "concat",
          "indent",
          "transform",
          "pow",
          "shiftLeft",
          "shiftRight",
          "setScale",
          "setBit",
          "flipBit",
          "movePointLeft",
          "movePointRight",
          "scaleByPowerOfTen",
          "toPlainString",
          "toBigInteger",
          "toBigIntegerExact",
          "modPow",
          "nextProbablePrime",
          "isProbablePrime");

  private final FunctionTable functions;

  Sandbox(FunctionTable functions) {
    this.functions = functions;
  }

  @Override
  public boolean allow(Class<?> type) {
    return type != null
        && (type.isPrimitive() || type.isArray() || functions.isProvider(type) || isValue(type));
  }

  private boolean isValue(Class<?> type) {
    return isConstant(type)
        || READING.keySet().stream().anyMatch(value -> value.isAssignableFrom(type));
  }

  private boolean isConstant(Class<?> type) {
    return CONSTANTS.stream().anyMatch(value -> value.isAssignableFrom(type))
        || functions.values().stream().anyMatch(value -> value.isAssignableFrom(type));
  }

  @Override
  public boolean allow(Constructor<?> constructor) {
    return false;
  }

  @Override
  public boolean allow(Field field) {
    return false;
  }

  @Override
  public boolean allow(Method method) {
    Class<?> type = method.getDeclaringClass();
    if (functions.isProvider(type)) {
      return functions.isFunction(method);
    }
    return isConstant(type) && !isGrowing(type, method.getName())
        || READING.entrySet().stream()
            .anyMatch(
                value ->
                    value.getKey().isAssignableFrom(type)
                        && value.getValue().contains(method.getName()));
  }

  private static boolean isGrowing(Class<?> type, String method) {
    return CONSTANTS.stream().anyMatch(value -> value.isAssignableFrom(type))
        && GROWING.contains(method);
  }

  @Override
  public boolean allow(Package types) {
    return true;
  }

  @Override
  public JexlPermissions compose(String... source) {
    return this;
  }
}
