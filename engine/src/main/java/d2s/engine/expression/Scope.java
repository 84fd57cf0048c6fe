package d2s.engine.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names that an expression may use, each with its slot in the frame.
 *
 * <p>A frame is an array of values, one slot per name; it is filled anew for every row. Facts and
 * lookups have slots too, which keep their value.
 */
public final class Scope {

  private final List<String> names = new ArrayList<>();
  private final List<KnownType> types = new ArrayList<>();
  private final Set<String> later = new TreeSet<>();
  private final Map<String, Integer> slots = new HashMap<>();
  private final Set<String> mentioned = new TreeSet<>();
  private boolean acceptsUnknown;

  /** A scope with these names in slots 0, 1, 2 ... */
  public static Scope of(Collection<String> names) {
    Scope scope = new Scope();
    names.forEach(scope::add);
    return scope;
  }

  /** Adds a name and returns its slot. A later name hides an earlier one. */
  public int add(String name) {
    return add(name, KnownType.UNKNOWN);
  }

  /** Adds a name whose values are of a known type. */
  public int add(String name, KnownType type) {
    names.add(name);
    types.add(type);
    slots.put(name, names.size() - 1);
    return names.size() - 1;
  }

  public boolean has(String name) {
    return slots.containsKey(name);
  }

  /** The slot of a name, or -1. */
  public int slot(String name) {
    return slots.getOrDefault(name, -1);
  }

  /** The type of a name, unknown for a name that is not here. */
  public KnownType type(String name) {
    int slot = slot(name);
    return slot < 0 ? KnownType.UNKNOWN : types.get(slot);
  }

  /** Says which names come only below, so that their use can be told from a misspelt one. */
  public void announce(Collection<String> names) {
    later.addAll(names);
  }

  boolean comesLater(String name) {
    return later.contains(name) && !slots.containsKey(name);
  }

  public Collection<String> names() {
    return slots.keySet();
  }

  /**
   * Takes any name for one that exists: after the columns could not be found, which was reported,
   * every expression would be reported too.
   */
  public void acceptUnknown() {
    acceptsUnknown = true;
  }

  boolean acceptsUnknown() {
    return acceptsUnknown;
  }

  /** Adds names that exist but have no slot, because nothing uses them. */
  public void mention(Collection<String> others) {
    mentioned.addAll(others);
  }

  /** All names that exist, for suggestions. */
  Collection<String> known() {
    Set<String> known = new TreeSet<>(mentioned);
    known.addAll(slots.keySet());
    return known;
  }

  /** How many slots a frame needs. */
  public int size() {
    return names.size();
  }

  public Scope copy() {
    Scope copy = new Scope();
    for (int i = 0; i < names.size(); i++) {
      copy.add(names.get(i), types.get(i));
    }
    copy.mention(mentioned);
    copy.announce(later);
    copy.acceptsUnknown = acceptsUnknown;
    return copy;
  }
}
