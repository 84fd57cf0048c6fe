package d2s.matrix.verification.memberships;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.FromEventJson;
import d2s.matrix.verification.Sql;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
  protected String columns() {
    return ", membership.membership, e.stream_ordering::text as stream_ordering";
  }

  @Override
  protected String joins() {
    return """
    left join (
      select m.event_id, array[m.room_id, m.user_id, m.sender, m.membership, m.display_name, m.avatar_url,
                               m.forgotten::text, m.event_stream_ordering::text] as membership
      from room_memberships m) membership on membership.event_id = e.event_id
    """;
  }

  @Override
  protected String orphans() {
    return "select m.event_id from room_memberships m"
        + " where not exists (select 1 from events e where e.event_id = m.event_id)";
  }

  @Override
  protected void start(VerificationContext context) throws SQLException {
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
  protected void check(Event event, Findings findings) throws SQLException {
    JsonNode content = event.json().path("content");
    String membership = EventJson.storable(content, "membership");
    boolean counts =
        !event.rejected()
            && event.isState()
            && "m.room.member".equals(event.type())
            && membership != null;
    Array array = event.row().getArray("membership");
    Object[] row = array == null ? null : (Object[]) array.getArray();
    if (!counts || row == null) {
      if (counts) {
        findings.found(event.id(), "is a membership that does not count");
      } else if (row != null) {
        findings.found(event.id(), "counts as a membership, but is none");
      }
      return;
    }
    Object[] expected = {
      event.roomId(),
      event.stateKey(),
      EventJson.text(event.json(), "sender"),
      membership,
      EventJson.storable(content, "displayname"),
      EventJson.storable(content, "avatar_url"),
      row[6],
      event.row().getString("stream_ordering")
    };
    if (!Arrays.equals(row, expected)) {
      findings.found(event.id(), "is another membership than its JSON says");
    }
    boolean gone = forgotten.contains(event.roomId() + " " + event.stateKey());
    if (!event.outlier() && gone != "1".equals(row[6])) {
      findings.found(
          event.id(),
          gone
              ? event.stateKey() + " has forgotten the room, but Synapse does not know"
              : event.stateKey() + " has not forgotten the room, but Synapse thinks so");
    }
  }
}
