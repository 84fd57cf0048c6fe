package d2s.matrix.push;

import d2s.engine.extension.Functions;
import d2s.engine.function.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The functions {@code push:...} of the mapping files. */
public final class PushFunctions implements Functions {

  private static final String NOTIFY = Json.write(RuleEffect.readable(List.of("notify")));
  private static final int MOST_KNOWN = 10_000;

  /** Actions as they are written, translated: thousands of notifications share a dozen of them. */
  private final Map<String, String> readable = new ConcurrentHashMap<>();

  @Override
  public String namespace() {
    return "push";
  }

  /**
   * The actions of a stored notification, as JSON in words that Synapse can read.
   *
   * @param beginning the first characters of Dendrite's userapi_notifications.notification_json
   * @param notification all of it; asked where the beginning does not hold the actions, and null
   *     where it does. If neither can be read, the action is to notify
   */
  public String actions(String beginning, String notification) {
    String written = beginning == null ? null : FirstMembers.find(beginning, "actions");
    if (written == null && notification != null) {
      written = FirstMembers.find(notification, "actions");
    }
    if (written == null) {
      return NOTIFY;
    }
    return readable.size() < MOST_KNOWN
        ? readable.computeIfAbsent(written, PushFunctions::translate)
        : translate(written);
  }

  private static String translate(String actions) {
    return Json.parse(actions) instanceof List<?> list
        ? Json.write(RuleEffect.readable(list))
        : NOTIFY;
  }
}
