package d2s.acceptance.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.probe.Probes;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules about accounts, devices and profiles. */
final class AccountRules {
  private AccountRules() {}

  static Item joinedRooms(Item item, Background background) {
    return item.before() == null || item.after() == null
        ? item
        : item.with(sortedRooms(item.before()), sortedRooms(item.after()));
  }

  private static JsonNode sortedRooms(JsonNode answer) {
    if (!answer.path("joined_rooms").isArray()) {
      return answer;
    }
    ArrayNode sorted = Probes.array();
    new TreeSet<>(Background.texts(answer.path("joined_rooms"))).forEach(sorted::add);
    return sorted;
  }

  static Item devices(Item item, Background background) {
    if (item.before() == null || item.after() == null) {
      return item;
    }
    Map<String, ObjectNode> before = byId(item.before());
    Map<String, ObjectNode> after = byId(item.after());
    after.forEach(
        (deviceId, device) -> {
          if (device.path("user_id").asText().equals(background.userId(item.key()))) {
            device.remove("user_id");
          }
          ObjectNode known = before.get(deviceId);
          boolean seenSince =
              known != null
                  && device.path("last_seen_ts").asLong() >= known.path("last_seen_ts").asLong();
          if (seenSince) {
            device.set("last_seen_ts", known.get("last_seen_ts"));
          }
          boolean unnamed = known != null && known.path("display_name").asText("-").isEmpty();
          if (unnamed && device.path("display_name").isNull()) {
            device.set("display_name", known.get("display_name"));
          }
        });
    return item.with(list(before), list(after));
  }

  private static Map<String, ObjectNode> byId(JsonNode answer) {
    Map<String, ObjectNode> devices = new TreeMap<>();
    for (JsonNode device : answer.path("devices")) {
      devices.put(device.get("device_id").asText(), device.deepCopy());
    }
    return devices;
  }

  private static JsonNode list(Map<String, ObjectNode> devices) {
    return Probes.array().addAll(devices.values());
  }

  static Item remoteProfile(Item item, Background background) {
    boolean remote = !background.recorded().people().get(item.key()).local();
    boolean unreachable = item.after() != null && item.after().path("__status").asInt() == 502;
    return remote && unreachable ? item.explained() : item;
  }

  static Item emptyProfile(Item item, Background background) {
    boolean empty = item.before() != null && item.before().isEmpty();
    boolean notFound = item.after() != null && item.after().path("__status").asInt() == 404;
    return empty && notFound ? item.explained() : item;
  }
}
