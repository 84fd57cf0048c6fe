package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import java.util.List;

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

  /** The endpoint of a side. */
  public Endpoint endpoint(Side side) {
    return side == Side.SOURCE ? source : target;
  }
}
