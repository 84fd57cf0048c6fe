package d2s.engine.expression;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.commons.jexl3.introspection.JexlPermissions;

/**
 * What expressions can reach: the registered functions, the values they return, texts, numbers,
 * maps and lists. Starts from nothing, because none of JEXL's own presets is meant for this.
 */
final class Sandbox implements JexlPermissions {

  private static final List<Class<?>> VALUES =
      List.of(
          String.class,
          Number.class,
          Boolean.class,
          Map.class,
          Map.Entry.class,
          Collection.class,
          LookupTable.class);

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
    return VALUES.stream().anyMatch(value -> value.isAssignableFrom(type))
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
    return functions.isProvider(type) ? functions.isFunction(method) : isValue(type);
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
