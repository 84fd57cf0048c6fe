package d2s.matrix.verification.state;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.TargetRules;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code current_state_delta_stream}: how the current state came about. Whoever follows the rows
 * from the first to the last must end at the current state.
 */
public final class StateChangesVerification extends TargetRules {

  @Override
  public String name() {
    return "state changes";
  }

  @Override
  public String proves() {
    return "The stream of state changes leads to the current state of every room.";
  }

  @Override
  public List<String> tables() {
    return List.of("current_state_delta_stream", "current_state_events");
  }

  @Override
  protected String counted() {
    return "select count(*) from current_state_delta_stream";
  }

  @Override
  protected List<Rule> rules() {
    return List.of(
        new Rule(
            "is current, but no change of the state says so",
            """
            select c.event_id from current_state_events c
            where not exists (select 1 from current_state_delta_stream d
                              where d.room_id = c.room_id and d.event_id = c.event_id)
              and exists (select 1 from current_state_delta_stream d where d.room_id = c.room_id)
            """),
        new Rule(
            "is the last change of its key, but not current",
            """
            select d.room_id || ' ' || d.type || ' at ' || d.stream_id
            from (select distinct on (room_id, type, state_key) room_id, type, state_key, event_id, stream_id
                  from current_state_delta_stream
                  order by room_id, type, state_key, stream_id desc) d
            left join current_state_events c using (room_id, type, state_key)
            where d.event_id is distinct from c.event_id
            """),
        new Rule(
            "does not change what the change before it led to",
            """
            select room_id || ' ' || type || ' at ' || stream_id
            from (select room_id, type, stream_id, prev_event_id, lag(event_id) over w as before
                  from current_state_delta_stream
                  window w as (partition by room_id, type, state_key order by stream_id)) d
            where prev_event_id is distinct from before
            """),
        new Rule(
            "changes the state to an event that is none of its room and key",
            """
            select d.room_id || ' ' || d.type || ' at ' || d.stream_id
            from current_state_delta_stream d
            left join state_events s on s.event_id = d.event_id
            where d.event_id is not null
              and (s.room_id, s.type, s.state_key) is distinct from (d.room_id, d.type, d.state_key)
            """));
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    super.verify(context, findings);
    lookAtRoomsWithoutChanges(context, findings);
    Map<Long, String> elsewhere = new HashMap<>();
    Sql.each(
        context.target(),
        """
        select d.stream_id, d.room_id || ' ' || d.type || ' at ' || d.stream_id
        from current_state_delta_stream d
        where not exists (select 1 from events e where e.stream_ordering = d.stream_id)
        """,
        row -> elsewhere.put(row.getLong(1), row.getString(2)));
    for (Map.Entry<Long, String> place : elsewhere.entrySet()) {
      String sql = "select count(*) from syncapi_output_room_events where id = " + place.getKey();
      if (Sql.number(context.source(), sql) > 0) {
        findings.noted(place.getValue(), "the event that changed the state is left out");
      } else {
        findings.found(place.getValue(), "changes the state at a place where no event is");
      }
    }
  }

  /** A room whose events all missed Dendrite's stream has no place in it for a change. */
  private static void lookAtRoomsWithoutChanges(VerificationContext context, Findings findings)
      throws SQLException {
    Set<String> unchanged = new TreeSet<>();
    Sql.each(
        context.target(),
        """
        select distinct c.room_id from current_state_events c
        where not exists (select 1 from current_state_delta_stream d where d.room_id = c.room_id)
        """,
        row -> unchanged.add(row.getString(1)));
    if (unchanged.isEmpty()) {
      return;
    }
    Set<String> changed = new HashSet<>();
    Sql.each(
        context.source(),
        """
        select distinct room_id from syncapi_output_room_events
        where exclude_from_sync is not true and id > 0 and cardinality(add_state_ids) > 0
        """,
        row -> changed.add(row.getString(1)));
    for (String room : unchanged) {
      if (changed.contains(room)) {
        findings.found(room, "has a current state, but no change leads to it");
      } else {
        findings.noted(room, "has no changes of its state: Dendrite has lost them all");
      }
    }
  }
}
