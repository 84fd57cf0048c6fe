package d2s.acceptance.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * One answer before and after the migration.
 *
 * @param kind what kind of answer
 * @param key who was asked for what
 * @param before Dendrite's answer; null if it gave none
 * @param after Synapse's answer; null if it gave none
 */
public record Item(String kind, String key, JsonNode before, JsonNode after) {
  public boolean isEqual() {
    return Objects.equals(before, after);
  }

  /** The same with another pair of answers. */
  public Item with(JsonNode newBefore, JsonNode newAfter) {
    return new Item(kind, key, newBefore, newAfter);
  }

  /** The same with the difference taken as explained. */
  Item explained() {
    return new Item(kind, key, after, after);
  }

  /** The part of the key at this place, counted from 0. */
  String keyPart(int index) {
    return key.split("\\|", -1)[index];
  }
}
