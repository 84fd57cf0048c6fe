package d2s.matrix.verification.state;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.UserIds;
import d2s.matrix.verification.rows.ByKey;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds {@code current_state_events} against the last state of each room in Dendrite. A room in
 * which nobody of this server is joined has no current state in Synapse.
 */
public final class CurrentStateVerification extends LastStateVerification {

  private static final String MEMBER = StateKeys.of("m.room.member", "");

  @Override
  public String name() {
    return "current state";
  }

  @Override
  public String proves() {
    return "The current state of every room is that which Dendrite has.";
  }

  @Override
  public List<String> tables() {
    return List.of("current_state_events");
  }

  @Override
  protected void addTo(ByKey rooms, VerificationContext context) throws SQLException {
    rooms
        .with(
            "joins",
            context.target(),
            "select room_id, event_id from room_memberships where membership = 'join'")
        .with(
            "current",
            context.target(),
            "select room_id, event_id, type, state_key from current_state_events");
  }

  @Override
  protected void end(VerificationContext context, Findings findings) throws SQLException {
    Sql.findAll(
        context.target(),
        """
        select c.event_id from current_state_events c
        left join events e on e.event_id = c.event_id
        left join room_memberships m on m.event_id = c.event_id
        where c.event_stream_ordering is distinct from e.stream_ordering
          or c.membership is distinct from case when c.type = 'm.room.member' then m.membership end
        """,
        "is current with another membership or place in the stream than the event has",
        findings);
  }

  @Override
  protected void look(Room room, VerificationContext context, Findings findings)
      throws SQLException {
    String local = ":" + context.fact("server_name");
    Map<String, String> expected = room.state();
    if (room.lost()) {
      findings.noted(
          room.id(), "Dendrite has lost its current state; that of its newest event stands for it");
    }
    room.repaired()
        .forEach(
            (key, event) ->
                findings.noted(
                    event,
                    "Dendrite's current state of "
                        + room.id()
                        + " has lost it; it is current, as clients were shown"));
    Set<String> joined = new HashSet<>();
    expected.forEach(
        (key, event) -> {
          if (key.startsWith(MEMBER) && UserIds.isOf(key.substring(MEMBER.length()), local)) {
            joined.add(event);
          }
        });
    Set<String> joins = new HashSet<>();
    room.rooms().read(room.id(), "joins", row -> joins.add(row.getString("event_id")));
    joined.retainAll(joins);
    Map<String, String> left = joined.isEmpty() ? new HashMap<>() : new HashMap<>(expected);
    room.rooms()
        .read(
            room.id(),
            "current",
            row -> {
              findings.looked();
              String event = row.getString("event_id");
              String key = StateKeys.of(row.getString("type"), row.getString("state_key"));
              if (!event.equals(left.remove(key))) {
                findings.found(event, "is current in " + room.id() + ", but not in Dendrite");
              }
            });
    left.forEach(
        (key, event) -> {
          findings.looked();
          findings.found(event, "is current in Dendrite, but not in " + room.id());
        });
  }
}
