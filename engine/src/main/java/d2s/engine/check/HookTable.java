package d2s.engine.check;

import d2s.engine.extension.Hook;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.Set;
import java.util.TreeMap;

/** The hooks on the class path by the simple names of their classes. */
public final class HookTable {

  private final Map<String, Provider<Hook>> providers = new TreeMap<>();

  public static HookTable load() {
    HookTable table = new HookTable();
    ServiceLoader.load(Hook.class).stream().forEach(table::add);
    return table;
  }

  private void add(Provider<Hook> provider) {
    String name = provider.type().getSimpleName();
    if (providers.putIfAbsent(name, provider) != null) {
      throw new IllegalStateException("two hooks have the name " + name);
    }
  }

  public Set<String> names() {
    return providers.keySet();
  }

  /** A new instance; one serves one run of one mapping. */
  public Hook create(String name) {
    return providers.get(name).get();
  }
}
