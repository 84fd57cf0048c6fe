package d2s.matrix.server;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import d2s.engine.function.Json;
import d2s.engine.function.TextFunctions;
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

  private static final RowShape COUNTS = RowShape.of("counts");
  private static final IntegerColumn STATE_EVENTS = COUNTS.integer("state_events");
  private static final IntegerColumn JOINED = COUNTS.integer("joined");
  private static final IntegerColumn INVITED = COUNTS.integer("invited");
  private static final IntegerColumn LEFT = COUNTS.integer("left_room");
  private static final IntegerColumn BANNED = COUNTS.integer("banned");
  private static final IntegerColumn KNOCKED = COUNTS.integer("knocked");
  private static final IntegerColumn LOCAL = COUNTS.integer("local");
  private static final IntegerColumn NEWEST = COUNTS.integer("newest");

  private static final RowShape STATE = RowShape.of("state");
  private static final TextColumn TYPE = STATE.text("type");
  private static final TextColumn JSON = STATE.text("json");

  @Override
  public String description() {
    return "Reads from the current state of a room what it is called and who may enter it, and passes"
        + " on how many members it has. Texts that are no strings, or that a column cannot hold, are"
        + " null.";
  }

  @Override
  public List<RowShape> reads() {
    return List.of(COUNTS, STATE);
  }

  @Override
  public List<RowShape> emits() {
    return List.of(RoomRow.ROOM);
  }

  @Override
  public void group(Group group, Emitter out) {
    Map<String, Map<?, ?>> contents = new HashMap<>();
    Rows state = group.rows(STATE);
    while (state.next()) {
      contents.put(state.get(TYPE), content(state.get(JSON)));
    }
    Rows counts = group.rows(COUNTS);
    while (counts.next()) {
      Map<?, ?> create = contents.getOrDefault("m.room.create", Map.of());
      Object federate = create.get("m.federate");
      out.row(RoomRow.ROOM)
          .set(RoomRow.ID, (String) group.key())
          .set(RoomRow.STATE_EVENTS, counts.get(STATE_EVENTS))
          .set(RoomRow.JOINED, counts.get(JOINED))
          .set(RoomRow.INVITED, counts.get(INVITED))
          .set(RoomRow.LEFT, counts.get(LEFT))
          .set(RoomRow.BANNED, counts.get(BANNED))
          .set(RoomRow.KNOCKED, counts.get(KNOCKED))
          .set(RoomRow.LOCAL, counts.get(LOCAL))
          .set(RoomRow.NEWEST, counts.get(NEWEST))
          .set(RoomRow.NAME, text(contents, "m.room.name", "name"))
          .set(RoomRow.ALIAS, text(contents, "m.room.canonical_alias", "alias"))
          .set(RoomRow.JOIN_RULES, text(contents, "m.room.join_rules", "join_rule"))
          .set(
              RoomRow.HISTORY_VISIBILITY,
              text(contents, "m.room.history_visibility", "history_visibility"))
          .set(RoomRow.ENCRYPTION, text(contents, "m.room.encryption", "algorithm"))
          .set(RoomRow.AVATAR, text(contents, "m.room.avatar", "url"))
          .set(RoomRow.GUEST_ACCESS, text(contents, "m.room.guest_access", "guest_access"))
          .set(
              RoomRow.FEDERATABLE,
              !create.containsKey("m.federate") || Boolean.TRUE.equals(federate))
          .set(
              RoomRow.TOPIC,
              storable(RoomTopic.plainText(contents.getOrDefault("m.room.topic", Map.of()))))
          .set(RoomRow.TYPE, text(contents, "m.room.create", "type"))
          .emit();
    }
  }

  private static Map<?, ?> content(String event) {
    boolean readable = ClientJson.defect(event) == null && ClientJson.isObject(event);
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
