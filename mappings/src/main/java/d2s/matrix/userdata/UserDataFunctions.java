package d2s.matrix.userdata;

import d2s.engine.extension.Functions;
import d2s.engine.function.Json;
import d2s.engine.function.TextFunctions;
import d2s.matrix.event.ClientJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions {@code userdata:...} of the mapping files. */
public final class UserDataFunctions implements Functions {

  @Override
  public String namespace() {
    return "userdata";
  }

  /**
   * Whether Synapse can read this JSON and send it to a client. It may be any value, not only an
   * object: Synapse expects that of account data.
   */
  public boolean isReadable(String json) {
    return json != null && ClientJson.defect(json) == null;
  }

  /**
   * The tags in the content of {@code m.tag}, each with its own content as JSON. Names that a
   * database cannot hold get U+FFFD where they have U+0000.
   *
   * @param content JSON of the form {@code {"tags": {"m.favourite": {"order": 0.5}}}}; anything
   *     else has no tags
   */
  public Map<String, String> tags(String content) {
    Map<String, String> tags = new LinkedHashMap<>();
    members(content, "tags")
        .forEach(
            (name, tag) ->
                tags.putIfAbsent(
                    name.toString().replace('\u0000', '\uFFFD'),
                    Json.write(tag instanceof Map ? tag : Map.of())));
    return tags;
  }

  /**
   * The user ids in the content of {@code m.ignored_user_list}, without the user's own: nobody can
   * ignore themself, and Synapse would hide the user's own events.
   *
   * @param content JSON of the form {@code {"ignored_users": {"@user:server": {}}}}; anything else
   *     ignores nobody
   */
  public List<String> ignoredUsers(String content, String userId) {
    return members(content, "ignored_users").keySet().stream()
        .map(Object::toString)
        .filter(ignored -> TextFunctions.isStorable(ignored) && !ignored.equals(userId))
        .toList();
  }

  private Map<?, ?> members(String content, String name) {
    Object value = isReadable(content) ? Json.parse(content) : null;
    return value instanceof Map<?, ?> object && object.get(name) instanceof Map<?, ?> members
        ? members
        : Map.of();
  }
}
