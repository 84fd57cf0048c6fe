package d2s.matrix.verification.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.event.MalformedEventException;
import d2s.matrix.event.Pdu;
import d2s.matrix.event.RoomVersion;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.rows.Merge;
import d2s.matrix.verification.rows.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code redactions}: what was deleted stays deleted, and nothing else is.
 *
 * <p>A redaction that Dendrite applied must be in force. One that it did not apply may be in force
 * only if its sender was allowed to redact the event, by the power levels at the redaction.
 */
public final class RedactionsVerification implements Verification {

  private static final long USUAL_LEVEL = 50;

  /** The event of a type with an empty state key in the state at an event. */
  private static final String STATE_AT =
      """
      with recursive chain (id) as (
        select state_group from event_to_state_groups where event_id = ?
        union all
        select x.prev_state_group from state_group_edges x join chain on chain.id = x.state_group
      )
      select j.json from chain
      -- The offset keeps this a lookup for each group, whatever the planner expects.
      cross join lateral (
        select s.state_group, s.event_id from state_groups_state s
        where s.state_group = chain.id and s.type = ? and s.state_key = '' offset 0
      ) s
      join event_json j on j.event_id = s.event_id
      order by s.state_group desc limit 1
      """;

  @Override
  public String name() {
    return "redactions";
  }

  @Override
  public String proves() {
    return "What was deleted stays deleted and nothing else is.";
  }

  @Override
  public List<String> tables() {
    return List.of("redactions");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    boolean recheck = Sql.has(context.target(), "redactions.recheck");
    try (PreparedStatement stateAt = context.target().prepareStatement(STATE_AT)) {
      Sql.each(
          context.target(),
          """
          select d.event_id, d.redacts, d.have_censored, d.received_ts, %s as recheck,
                 e.room_id, e.sender, e.rejection_reason is not null as rejected, j.json,
                 t.room_id as target_room_id, t.sender as target_sender, tj.json as target_json, r.room_version
          from redactions d
          left join events e on e.event_id = d.event_id
          left join event_json j on j.event_id = d.event_id
          left join rooms r on r.room_id = e.room_id
          left join events t on t.event_id = d.redacts
          left join event_json tj on tj.event_id = d.redacts
          """
              .formatted(recheck ? "d.recheck" : "false"),
          row -> {
            findings.looked();
            String wrong = finding(row, stateAt);
            if (wrong != null) {
              findings.found(row.getString("event_id"), wrong);
            }
          });
    }
    Merge.of(
        context,
        """
        select d.redaction_event_id as key, d.redacts_event_id as redacts, d.validated,
               r.room_nid <> t.room_nid as of_another_room
        from roomserver_redactions d
        left join roomserver_events r on r.event_id = d.redaction_event_id
        left join roomserver_events t on t.event_id = d.redacts_event_id
        """,
        """
        select e.event_id as key, d.redacts, %s as recheck, j.json, r.room_version
        from events e
        left join redactions d on d.event_id = e.event_id
        left join event_json j on j.event_id = e.event_id
        left join rooms r on r.room_id = e.room_id
        where e.type = 'm.room.redaction'
        """
            .formatted(recheck ? "d.recheck" : "false"),
        (id, dendrite, synapse) -> {
          if (dendrite != null && synapse != null && dendrite.getBoolean("validated")) {
            findings.looked();
            String before = dendrite.getString("redacts");
            String after = synapse.getString("redacts");
            String named = named(synapse.getString("json"), synapse.getString("room_version"));
            if (named != null && !named.equals(before)) {
              findings.noted(id, "names another event than Dendrite holds, and that decides");
            } else if (after == null && (before == null || before.isEmpty())) {
              findings.noted(id, "Dendrite has lost which event it redacts");
            } else if (dendrite.getBoolean("of_another_room")) {
              findings.noted(id, "is not in force: Dendrite has an event of another room for it");
            } else if (!Objects.equals(before, after)) {
              findings.found(id, "is a redaction that was in force in Dendrite only");
            } else if (synapse.getBoolean("recheck")) {
              findings.found(id, "is a redaction that Synapse would doubt again");
            }
          }
        });
  }

  private static String finding(ResultSet row, PreparedStatement stateAt) throws SQLException {
    String json = row.getString("json");
    ObjectNode redaction = json == null ? null : EventJson.read(json);
    if (redaction == null || !"m.room.redaction".equals(EventJson.text(redaction, "type"))) {
      return "is taken for a redaction, but is none";
    }
    row.getLong("received_ts");
    if (row.wasNull()) {
      return "is a redaction without received_ts: it would never be completed";
    }
    if (row.getBoolean("rejected")) {
      return "is a redaction in force, though it was rejected";
    }
    Optional<RoomVersion> version = RoomVersion.of(row.getString("room_version"));
    String targetJson = row.getString("target_json");
    if (targetJson == null || version.isEmpty()) {
      return null;
    }
    if (!row.getString("room_id").equals(row.getString("target_room_id"))) {
      return "redacts an event of another room";
    }
    boolean readable = redaction.has("redacts") || redaction.path("content").has("redacts");
    if (readable && !row.getString("redacts").equals(named(redaction, version.get()))) {
      return "redacts another event than its JSON says";
    }
    if (row.getBoolean("have_censored")
        && !isPruned(targetJson, row.getString("redacts"), version.get())) {
      return "counts as completed, but the content that it redacts is there";
    }
    if (!row.getBoolean("recheck") && !isAllowed(row, stateAt)) {
      return "is a redaction in force that its sender was not allowed to make";
    }
    return null;
  }

  /** Which event a redaction is for, by its own JSON; null if that cannot be read. */
  static String named(String json, String roomVersion) {
    ObjectNode redaction = json == null ? null : EventJson.read(json);
    Optional<RoomVersion> version = RoomVersion.of(roomVersion);
    return redaction == null || version.isEmpty() ? null : named(redaction, version.get());
  }

  private static String named(ObjectNode redaction, RoomVersion version) {
    return EventJson.text(
        version.isRedactsInContent() ? redaction.path("content") : redaction, "redacts");
  }

  private static boolean isPruned(String json, String id, RoomVersion version) {
    try {
      Pdu pdu = Pdu.parse(json, id, version);
      JsonNode pruned = EventJson.read(pdu.redacted().getStoredJson());
      return pruned.path("content").equals(EventJson.read(json).path("content"));
    } catch (MalformedEventException e) {
      return false;
    }
  }

  /** By the rules for redactions: one's own server, or the level to redact. */
  private static boolean isAllowed(ResultSet row, PreparedStatement stateAt) throws SQLException {
    String sender = row.getString("sender");
    String targetSender = row.getString("target_sender");
    if (server(sender).equals(server(targetSender))) {
      return true;
    }
    String event = row.getString("event_id");
    ObjectNode create = stateAt(stateAt, event, "m.room.create");
    ObjectNode levels = stateAt(stateAt, event, "m.room.power_levels");
    boolean creator =
        create != null
            && (sender.equals(EventJson.text(create, "sender"))
                || isNamed(create.path("content").path("additional_creators"), sender));
    if (levels == null) {
      return creator;
    }
    JsonNode content = levels.path("content");
    JsonNode own = content.path("users").path(sender);
    long level = own.isMissingNode() ? level(content.path("users_default"), 0) : level(own, 0);
    boolean omnipotent =
        creator && create.path("content").path("room_version").asText().equals("12");
    return omnipotent || level >= level(content.path("redact"), USUAL_LEVEL);
  }

  private static boolean isNamed(JsonNode users, String user) {
    for (JsonNode named : users) {
      if (named.asText().equals(user)) {
        return true;
      }
    }
    return false;
  }

  /** Levels are texts in some old rooms. */
  private static long level(JsonNode value, long otherwise) {
    return value.isMissingNode() ? otherwise : value.asLong(otherwise);
  }

  private static ObjectNode stateAt(PreparedStatement statement, String event, String type)
      throws SQLException {
    statement.setString(1, event);
    statement.setString(2, type);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? EventJson.read(rows.getString(1)) : null;
    }
  }

  private static String server(String userId) {
    return userId.substring(userId.indexOf(':') + 1);
  }
}
