package d2s.matrix.push;

import d2s.engine.expression.Json;
import d2s.engine.extension.Functions;
import java.util.List;

/** The functions {@code push:...} of the mapping files. */
public final class PushFunctions implements Functions {

  @Override
  public String namespace() {
    return "push";
  }

  /**
   * The actions of a stored notification, as JSON in words that Synapse can read.
   *
   * @param notification JSON of Dendrite's userapi_notifications.notification_json; if it cannot be
   *     read, the action is to notify
   */
  public String actions(String notification) {
    return Json.write(Outcome.readable(read(notification)));
  }

  private static List<?> read(String notification) {
    String actions = FirstMembers.find(notification, "actions");
    return actions != null && Json.parse(actions) instanceof List<?> list
        ? list
        : List.of("notify");
  }
}
