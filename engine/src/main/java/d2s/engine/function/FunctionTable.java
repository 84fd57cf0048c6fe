package d2s.engine.function;

import d2s.engine.extension.Functions;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All functions that expressions can call, by namespace and name. */
public final class FunctionTable {

  private static final Set<String> NOT_FUNCTIONS = Set.of("namespace", "values");

  private final Map<String, Functions> providers = new HashMap<>();
  private final Map<String, List<Method>> methods = new HashMap<>();
  private final List<Class<?>> values = new ArrayList<>();

  private FunctionTable() {}

  /** The functions of the engine and those found on the class path. */
  public static FunctionTable load() {
    FunctionTable table = new FunctionTable();
    table.add(new CoreFunctions());
    table.add(new TextFunctions());
    ServiceLoader.load(Functions.class).forEach(table::add);
    return table;
  }

  private void add(Functions functions) {
    if (providers.putIfAbsent(functions.namespace(), functions) != null) {
      throw new IllegalStateException(
          "two sets of functions share the namespace " + functions.namespace());
    }
    methods.put(
        functions.namespace(),
        Arrays.stream(functions.getClass().getDeclaredMethods()).filter(this::isFunction).toList());
    values.addAll(functions.values());
  }

  public Map<String, Object> namespaces() {
    Map<String, Object> result = new HashMap<>();
    // JEXL looks up functions without a prefix under the null key.
    providers.forEach((name, functions) -> result.put(name.isEmpty() ? null : name, functions));
    return result;
  }

  public List<Class<?>> values() {
    return values;
  }

  public Set<String> prefixes() {
    return providers.keySet();
  }

  /** The numbers of parameters with which a function can be called; empty if it is unknown. */
  public Set<Integer> arities(String namespace, String name) {
    return methods(namespace)
        .filter(method -> method.getName().equals(name))
        .map(Method::getParameterCount)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The function of this name and number of parameters, if there is just one. */
  public Optional<Method> only(String namespace, String name, int arity) {
    List<Method> found =
        methods(namespace)
            .filter(method -> method.getName().equals(name) && method.getParameterCount() == arity)
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  public Functions provider(String namespace) {
    return providers.get(namespace);
  }

  public Set<String> names(String namespace) {
    return methods(namespace).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether expressions may call this method: one declared by a provider as a function. */
  public boolean isFunction(Method method) {
    return providers.values().stream()
            .anyMatch(functions -> method.getDeclaringClass() == functions.getClass())
        && Modifier.isPublic(method.getModifiers())
        && !NOT_FUNCTIONS.contains(method.getName());
  }

  public boolean isProvider(Class<?> type) {
    return providers.values().stream().anyMatch(functions -> functions.getClass() == type);
  }

  private Stream<Method> methods(String namespace) {
    return methods.getOrDefault(namespace, List.of()).stream();
  }
}
