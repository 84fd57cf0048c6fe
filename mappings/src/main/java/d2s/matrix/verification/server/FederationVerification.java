package d2s.matrix.verification.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Carried;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.rows.Merge;
import d2s.matrix.verification.rows.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * What Synapse knows of other servers. It sends a server what it missed only if it has a position
 * of that server, and for each room a newest event above that position.
 */
public final class FederationVerification implements Verification {

  private static final String CAUGHT_UP =
      """
      select d.last_successful_stream_ordering < e.stream_ordering and r.stream_ordering >= e.stream_ordering
      from events e
      left join destinations d on d.destination = ?
      left join destination_rooms r on r.destination = d.destination and r.room_id = e.room_id
      where e.event_id = ? and e.stream_ordering > 0
      """;

  @Override
  public String name() {
    return "federation";
  }

  @Override
  public String proves() {
    return "Every other server gets what it has missed.";
  }

  @Override
  public List<String> tables() {
    return List.of("destinations", "destination_rooms");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    Merge.of(
        context,
        """
        select distinct h.server_name as key from federationsender_joined_hosts h
        where h.server_name not in ('', :server_name)
        """,
        "select d.destination as key, d.last_successful_stream_ordering as delivered from destinations d",
        (server, dendrite, synapse) -> {
          findings.looked();
          if (synapse == null) {
            findings.found(server, "is a server in our rooms that Synapse does not know");
          } else {
            synapse.getLong("delivered");
            if (synapse.wasNull()) {
              findings.found(server, "is a server whose position Synapse does not know");
            }
          }
        });
    Sql.findAll(
        context.target(),
        """
        select destination from destinations
        where last_successful_stream_ordering > (select last_value from events_stream_seq)
        """,
        "is a server that would not get the next events",
        findings);
    checkRooms(context, findings);
    checkWaiting(context, findings);
    Sql.findAll(
        context.target(),
        """
        select r.destination || ' ' || r.room_id from destination_rooms r
        where not exists (select 1 from events e
                          where e.room_id = r.room_id and e.stream_ordering = r.stream_ordering)
          or not exists (select 1 from destinations d where d.destination = r.destination)
        """,
        "has to get an event that is not there",
        findings);
  }

  /** A room in which a local user said something has a newest event for each server in it. */
  private static void checkRooms(VerificationContext context, Findings findings)
      throws SQLException {
    try (Carried carried = new Carried(context)) {
      Merge.of(
          context,
          """
          select distinct on (h.server_name || ' ' || h.room_id)
                 h.server_name || ' ' || h.room_id as key, h.room_id, o.event_id
          from federationsender_joined_hosts h
          join (
            select room_id, max(id) as id from syncapi_output_room_events
            where id between 1 and 9007199254740991 and exclude_from_sync is not true
              and substr(sender, position(':' in sender) + 1) = :server_name
            group by room_id
          ) n on n.room_id = h.room_id
          join syncapi_output_room_events o on o.id = n.id and o.room_id = n.room_id
          where h.server_name not in ('', :server_name)
          """,
          "select destination || ' ' || room_id as key from destination_rooms",
          (key, dendrite, synapse) -> {
            if (dendrite != null && synapse == null) {
              String room = dendrite.getString("room_id");
              if (carried.hasRoom(room) && carried.hasEvent(dendrite.getString("event_id"), room)) {
                findings.found(key, "would get nothing of what it has missed in the room");
              }
            }
          });
    }
  }

  /** Dendrite queues the event with its id among its own members. */
  private static void checkWaiting(VerificationContext context, Findings findings)
      throws SQLException {
    try (PreparedStatement caughtUp = context.target().prepareStatement(CAUGHT_UP)) {
      Sql.each(
          context.source(),
          Sql.with(
              context,
              """
              select q.server_name, j.json_body from federationsender_queue_pdus q
              join federationsender_queue_json j using (json_nid)
              where q.server_name not in ('', :server_name)
              """),
          row -> {
            ObjectNode queued = EventJson.read(row.getString(2));
            String event = queued == null ? null : EventJson.text(queued, "_event_id");
            if (event != null) {
              findings.looked();
              caughtUp.setString(1, row.getString(1));
              caughtUp.setString(2, event);
              try (ResultSet found = caughtUp.executeQuery()) {
                // An event that was not new to clients, or was not carried over, cannot be sent.
                if (found.next() && !found.getBoolean(1)) {
                  findings.found(
                      row.getString(1) + " " + event, "waits for a server in Dendrite only");
                }
              }
            }
          });
    }
  }
}
