package d2s.matrix.verification.events;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Carried;
import d2s.matrix.verification.rows.Merge;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code event_forward_extremities}: the events that the next one of a room is built upon. Without
 * any, sending fails; on a bad one, every other server refuses what comes next.
 */
public final class ForwardExtremitiesVerification implements Verification {

  private static final String ACCEPTED =
      """
      not e.outlier and e.rejection_reason is null
        and j.internal_metadata not like '%"soft_failed":true%'
      """;

  @Override
  public String name() {
    return "forward extremities";
  }

  @Override
  public String proves() {
    return "Every room goes on from the events at which Dendrite stopped.";
  }

  @Override
  public List<String> tables() {
    return List.of("event_forward_extremities");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    compare(context, findings);
    Sql.findAll(
        context.target(),
        """
        select distinct m.room_id from local_current_membership m
        where m.membership = 'join'
          and not exists (select 1 from event_forward_extremities f where f.room_id = m.room_id)
        """,
        "is a room with local members that has no forward extremity: nobody could send",
        findings);
    Sql.findAll(
        context.target(),
        """
        select f.event_id from event_forward_extremities f
        left join events e on e.event_id = f.event_id and e.room_id = f.room_id
        left join event_json j on j.event_id = f.event_id
        where (%s) is not true
        """
            .formatted(ACCEPTED),
        "is a forward extremity, but was not accepted, or is in another room",
        findings);
    Sql.findAll(
        context.target(),
        """
        select distinct f.event_id from event_forward_extremities f
        join event_edges x on x.prev_event_id = f.event_id and not x.is_state
        join events e on e.event_id = x.event_id
        join event_json j on j.event_id = e.event_id
        where %s
        """
            .formatted(ACCEPTED),
        "is a forward extremity, but an accepted event follows it",
        findings);
  }

  /** Where none of Dendrite's extremities could be carried over, another event stands for them. */
  private static void compare(VerificationContext context, Findings findings) throws SQLException {
    Set<String> goneOn = new HashSet<>();
    Map<String, String> others = new TreeMap<>();
    try (Carried carried = new Carried(context)) {
      Merge.of(
          context,
          """
          select r.room_id || ' ' || e.event_id as key,
                 e.sent_to_output and not e.is_rejected
                 -- The id of an event of another room, which only a broken index allows, is that event's.
                 and (select o.room_nid from roomserver_events o where o.event_id = e.event_id
                      order by o.event_nid limit 1) = r.room_nid as accepted
          from roomserver_rooms r
          cross join unnest(r.latest_event_nids) latest (event_nid)
          join roomserver_events e on e.event_nid = latest.event_nid and e.room_nid = r.room_nid
          """,
          """
          select f.room_id || ' ' || f.event_id as key
          from event_forward_extremities f
          """,
          (key, dendrite, synapse) -> {
            findings.looked();
            String room = key.substring(0, key.indexOf(' '));
            if (dendrite == null) {
              others.put(key, room);
            } else if (synapse != null) {
              goneOn.add(room);
            } else if (dendrite.getBoolean("accepted")
                && carried.hasEvent(key.substring(room.length() + 1))) {
              goneOn.add(room);
              findings.found(key, "is a forward extremity in Dendrite only");
            }
          });
    }
    others.forEach(
        (key, room) -> {
          if (goneOn.contains(room)) {
            findings.found(key, "is no forward extremity in Dendrite");
          }
        });
  }
}
