package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that was read from a directory of mapping files.
 *
 * @param description what the set is for; null where it is not said
 * @param secrets columns, by their names, whose values never stand in messages
 * @param mappings in the order of their phases, within a phase in that of their files
 */
public record MappingSet(
    Text name,
    Text description,
    Endpoint source,
    Endpoint target,
    List<Phase> phases,
    List<Store> stores,
    List<View> views,
    List<Fact> facts,
    List<Precondition> preconditions,
    List<Text> secrets,
    List<Mapping> mappings,
    List<LedgerEntry> ledger) {

  /** The set with some of its mappings, and those whose skipped rows they ask for. */
  public MappingSet only(Set<String> names) {
    Set<String> wanted = new HashSet<>();
    Deque<String> asked = new ArrayDeque<>(names);
    while (!asked.isEmpty()) {
      String name = asked.pop();
      if (wanted.add(name)) {
        mappings.stream()
            .filter(mapping -> mapping.name().value().equals(name))
            .flatMap(mapping -> mapping.lookups().stream())
            .filter(lookup -> lookup.skipped() != null)
            .forEach(lookup -> asked.push(lookup.skipped().value()));
      }
    }
    return new MappingSet(
        name,
        description,
        source,
        target,
        phases,
        stores,
        views,
        facts,
        preconditions,
        secrets,
        mappings.stream().filter(mapping -> wanted.contains(mapping.name().value())).toList(),
        ledger);
  }

  /** The endpoint of a side. */
  public Endpoint endpoint(Side side) {
    return side == Side.SOURCE ? source : target;
  }
}
