package d2s.matrix.server;

import d2s.engine.expression.Json;
import d2s.engine.expression.TextFunctions;
import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import d2s.matrix.event.ClientJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a room is called and how many are in it, as the room directory and the administrators see
 * it.
 *
 * <p>Reads {@code counts}, one row per room with a current state, and {@code state}, the events of
 * the current state that describe the room. Emits {@code room}. Texts that are no strings, or that
 * a column cannot hold, are null.
 */
public final class RoomStatistics implements Hook {

  private static final String[] COUNTS = {
    "state_events", "joined", "invited", "left_room", "banned", "knocked", "local", "newest"
  };

  @Override
  public List<RowShape> reads() {
    return List.of(RowShape.of("counts", COUNTS), RowShape.of("state", "type", "json"));
  }

  @Override
  public List<RowShape> emits() {
    return List.of(
        RowShape.of(
            "room",
            "room_id",
            "state_events",
            "joined",
            "invited",
            "left_room",
            "banned",
            "knocked",
            "local",
            "newest",
            "name",
            "canonical_alias",
            "join_rules",
            "history_visibility",
            "encryption",
            "avatar",
            "guest_access",
            "is_federatable",
            "topic",
            "room_type"));
  }

  @Override
  public void group(Group group, Emitter out) {
    Map<String, Map<?, ?>> contents = new HashMap<>();
    Rows state = group.rows("state");
    while (state.next()) {
      contents.put(state.text(0), content(state.text(1)));
    }
    Rows counts = group.rows("counts");
    while (counts.next()) {
      Map<?, ?> create = contents.getOrDefault("m.room.create", Map.of());
      Object federate = create.get("m.federate");
      out.emit(
          "room",
          group.key(),
          counts.integer(0),
          counts.integer(1),
          counts.integer(2),
          counts.integer(3),
          counts.integer(4),
          counts.integer(5),
          counts.integer(6),
          counts.integer(7),
          text(contents, "m.room.name", "name"),
          text(contents, "m.room.canonical_alias", "alias"),
          text(contents, "m.room.join_rules", "join_rule"),
          text(contents, "m.room.history_visibility", "history_visibility"),
          text(contents, "m.room.encryption", "algorithm"),
          text(contents, "m.room.avatar", "url"),
          text(contents, "m.room.guest_access", "guest_access"),
          !create.containsKey("m.federate") || Boolean.TRUE.equals(federate),
          storable(RoomTopic.plainText(contents.getOrDefault("m.room.topic", Map.of()))),
          text(contents, "m.room.create", "type"));
    }
  }

  private static Map<?, ?> content(String event) {
    boolean readable = ClientJson.flaw(event) == null && ClientJson.isObject(event);
    String content = readable ? ClientJson.member(event, "content") : null;
    return content != null && Json.parse(content) instanceof Map<?, ?> map ? map : Map.of();
  }

  private static String text(Map<String, Map<?, ?>> contents, String type, String member) {
    return contents.getOrDefault(type, Map.of()).get(member) instanceof String text
        ? storable(text)
        : null;
  }

  private static String storable(String text) {
    return TextFunctions.isStorable(text) ? text : null;
  }
}
