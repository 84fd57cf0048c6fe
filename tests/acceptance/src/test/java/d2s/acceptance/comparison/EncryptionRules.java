package d2s.acceptance.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.probe.Probes;
import java.util.Map;

/** Rules about keys and messages to devices. */
final class EncryptionRules {
  private EncryptionRules() {}

  static Item userSigningKeyIsPrivate(Item item, Background background) {
    boolean anothers =
        item.keyPart(1).equals("user_signing_keys")
            && !item.keyPart(2).equals(background.userId(item.keyPart(0)));
    return anothers && item.before() != null && item.after() == null ? item.explained() : item;
  }

  static Item countsOfOneTimeKeys(Item item, Background background) {
    if (item.before() == null || item.after() == null) {
      return item;
    }
    JsonNode stored = background.recorded().answers().of("otk_counts").get(item.key());
    return item.with(withoutZeros(stored), withoutZeros(item.after()));
  }

  private static ObjectNode withoutZeros(JsonNode counts) {
    ObjectNode result = Probes.object();
    for (Map.Entry<String, JsonNode> count : counts.properties()) {
      if (count.getValue().asInt() != 0) {
        result.set(count.getKey(), count.getValue());
      }
    }
    return result;
  }

  static Item noFallbackKeys(Item item, Background background) {
    boolean none = item.before() == null || item.before().isNull();
    return none && item.after() != null && item.after().isEmpty() ? item.explained() : item;
  }

  static Item askedOnceAgain(Item item, Background background) {
    return item.before() != null
            && item.after() != null
            && item.after().isArray()
            && Background.texts(item.after()).containsAll(Background.texts(item.before()))
        ? item.explained()
        : item;
  }
}
