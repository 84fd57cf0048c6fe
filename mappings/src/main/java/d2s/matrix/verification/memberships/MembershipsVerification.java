package d2s.matrix.verification.memberships;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.event.RoomVersion;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.FromEventJson;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code room_memberships}: one row for each membership event that was not rejected, with the names
 * that the event gives if PostgreSQL can hold them. Who has forgotten a room has forgotten it in
 * all own rows of it.
 */
public final class MembershipsVerification extends FromEventJson {

  private final Set<String> forgotten = new HashSet<>();

  @Override
  public String name() {
    return "memberships";
  }

  @Override
  public String proves() {
    return "Every membership counts with what its JSON says and forgotten rooms stay so.";
  }

  @Override
  public List<String> tables() {
    return List.of("room_memberships");
  }

  @Override
  protected String query() {
    return """
    select event_id, room_id, user_id, sender, membership, display_name, avatar_url,
           forgotten::text, event_stream_ordering::text
    from room_memberships
    """;
  }

  @Override
  protected void start(VerificationContext context, Map<String, Optional<RoomVersion>> versions)
      throws SQLException {
    Sql.each(
        context.source(),
        """
        select r.room_id, k.event_state_key
        from roomserver_membership m
        join roomserver_rooms r using (room_nid)
        join roomserver_event_state_keys k on k.event_state_key_nid = m.target_nid
        where m.forgotten
        """,
        row -> forgotten.add(row.getString(1) + " " + row.getString(2)));
  }

  @Override
  protected void check(Event event, OtherRows rows, Findings findings) throws SQLException {
    JsonNode content = event.json().path("content");
    String membership = EventJson.storable(content, "membership");
    boolean counts =
        !event.rejected()
            && event.isState()
            && "m.room.member".equals(event.type())
            && membership != null;
    List<String> row = new ArrayList<>();
    rows.each(
        one -> {
          for (int column = 2; column <= 9; column++) {
            row.add(one.getString(column));
          }
        });
    if (!counts || row.isEmpty()) {
      if (counts) {
        findings.found(event.id(), "is a membership that does not count");
      } else if (!row.isEmpty()) {
        findings.found(event.id(), "counts as a membership, but is none");
      }
      return;
    }
    String forgets = row.get(6);
    List<String> expected =
        Arrays.asList(
            event.roomId(),
            event.stateKey(),
            EventJson.text(event.json(), "sender"),
            membership,
            EventJson.storable(content, "displayname"),
            EventJson.storable(content, "avatar_url"),
            forgets,
            event.stored().streamOrdering());
    if (!row.equals(expected)) {
      findings.found(event.id(), "is another membership than its JSON says");
    }
    boolean gone = forgotten.contains(event.roomId() + " " + event.stateKey());
    if (!event.outlier() && gone != "1".equals(forgets)) {
      findings.found(
          event.id(),
          gone
              ? event.stateKey() + " has forgotten the room, but Synapse does not know"
              : event.stateKey() + " has not forgotten the room, but Synapse thinks so");
    }
  }
}
