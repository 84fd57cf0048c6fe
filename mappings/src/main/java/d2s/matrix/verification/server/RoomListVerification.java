package d2s.matrix.verification.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.rows.Lists;
import d2s.matrix.verification.rows.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code room_stats_state}, from which the list of rooms and the administration read: it says what
 * the current state says. Rooms without a current state are not looked at.
 */
public final class RoomListVerification implements Verification {

  /** A column, and the member of an event's content that it repeats. */
  private record Part(String column, String type, String member) {}

  private static final List<Part> PARTS =
      List.of(
          new Part("name", "m.room.name", "name"),
          new Part("topic", "m.room.topic", "topic"),
          new Part("avatar", "m.room.avatar", "url"),
          new Part("canonical_alias", "m.room.canonical_alias", "alias"),
          new Part("join_rules", "m.room.join_rules", "join_rule"),
          new Part("history_visibility", "m.room.history_visibility", "history_visibility"),
          new Part("encryption", "m.room.encryption", "algorithm"),
          new Part("guest_access", "m.room.guest_access", "guest_access"),
          new Part("room_type", "m.room.create", "type"));

  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  @Override
  public String name() {
    return "room list";
  }

  @Override
  public String proves() {
    return "The list of rooms says of each room what its state says.";
  }

  @Override
  public List<String> tables() {
    return List.of("room_stats_state");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    Sql.each(
        context.target(),
        """
        select r.room_id, r.name, r.topic, r.avatar, r.canonical_alias, r.join_rules, r.history_visibility,
               r.encryption, r.guest_access, r.room_type, r.is_federatable, s.types, s.events
        from room_stats_state r
        join (
          select c.room_id, array_agg(c.type) as types, array_agg(j.json) as events
          from current_state_events c
          join event_json j on j.event_id = c.event_id
          where c.state_key = ''
            and c.type in ('m.room.name', 'm.room.topic', 'm.room.avatar', 'm.room.canonical_alias',
                           'm.room.join_rules', 'm.room.history_visibility', 'm.room.encryption',
                           'm.room.guest_access', 'm.room.create')
          group by c.room_id
        ) s on s.room_id = r.room_id
        """,
        row -> {
          findings.looked();
          compare(row, findings);
        });
  }

  private static void compare(ResultSet row, Findings findings) throws SQLException {
    Map<String, JsonNode> contents = contents(row);
    String room = row.getString("room_id");
    for (Part part : PARTS) {
      JsonNode content = contents.getOrDefault(part.type(), NOTHING);
      String said =
          part.column().equals("topic") ? topic(content) : EventJson.text(content, part.member());
      if (!Objects.equals(storable(said), row.getString(part.column()))) {
        findings.found(room, "has another " + part.column() + " in the list of rooms");
      }
    }
    JsonNode federate = contents.getOrDefault("m.room.create", NOTHING).path("m.federate");
    boolean open = federate.isMissingNode() || federate.isBoolean() && federate.booleanValue();
    if (row.getBoolean("is_federatable") != open) {
      findings.found(room, "is open to other servers in its state or in the list of rooms only");
    }
  }

  private static Map<String, JsonNode> contents(ResultSet row) throws SQLException {
    Map<String, JsonNode> contents = new HashMap<>();
    List<String> types = Lists.texts(row, "types");
    List<String> events = Lists.texts(row, "events");
    for (int i = 0; i < types.size(); i++) {
      ObjectNode event = EventJson.read(events.get(i));
      if (event != null) {
        contents.put(types.get(i), event.path("content"));
      }
    }
    return contents;
  }

  /** Since Matrix 1.15 a topic can have several forms, of which the first in plain text counts. */
  private static String topic(JsonNode content) {
    String topic = EventJson.text(content, "topic");
    JsonNode forms = content.path("m.topic").path("m.text");
    if (topic != null && forms.isArray()) {
      for (JsonNode form : forms) {
        String body = EventJson.text(form, "body");
        if (body != null && isPlain(form.path("mimetype"))) {
          return body;
        }
      }
    }
    return topic;
  }

  private static boolean isPlain(JsonNode kind) {
    return kind.isMissingNode()
        || kind.isNull()
        || kind.isTextual() && List.of("", "text/plain").contains(kind.textValue());
  }

  /** Null for a text that no column can hold. */
  private static String storable(String text) {
    return text == null
            || text.codePoints()
                .anyMatch(
                    c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        ? null
        : text;
  }
}
