package d2s.matrix.verification.memberships;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.event.EventId;
import d2s.matrix.event.MalformedEventException;
import d2s.matrix.event.Pdu;
import d2s.matrix.event.RoomVersion;
import d2s.matrix.verification.Carried;
import d2s.matrix.verification.UserIds;
import d2s.matrix.verification.rows.ByKey;
import d2s.matrix.verification.rows.Sql;
import d2s.matrix.verification.state.LastStateVerification;
import d2s.matrix.verification.state.StateKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code local_current_membership}, from which Synapse knows the rooms of each of its users: the
 * last membership of every local user in every room, also in rooms that all have left, and pending
 * invites from other servers.
 */
public final class LocalMembershipsVerification extends LastStateVerification {

  private static final String MEMBER = StateKeys.of("m.room.member", "");

  @Override
  public String name() {
    return "local memberships";
  }

  @Override
  public String proves() {
    return "Every local user is in the rooms as in Dendrite and has the same invites.";
  }

  @Override
  public List<String> tables() {
    return List.of("local_current_membership");
  }

  @Override
  protected void addTo(ByKey rooms, VerificationContext context) throws SQLException {
    rooms
        .with(
            "memberships",
            context.target(),
            "select room_id, user_id, event_id from local_current_membership")
        .with(
            "invites",
            context.source(),
            """
              select r.room_id, r.room_version, k.event_state_key, i.invite_event_id, i.invite_event_json
              from roomserver_invites i
              join roomserver_rooms r using (room_nid)
              left join roomserver_event_state_keys k on k.event_state_key_nid = i.target_nid
              where not i.retired
                and not exists (select 1 from roomserver_events e where e.event_id = i.invite_event_id)
              """);
  }

  @Override
  protected void end(VerificationContext context, Findings findings) throws SQLException {
    Sql.findAll(
        context.target(),
        """
        select l.user_id || ' in ' || l.room_id from local_current_membership l
        left join room_memberships m
          on m.event_id = l.event_id and m.room_id = l.room_id and m.user_id = l.user_id
        where l.membership is distinct from m.membership
          or l.event_stream_ordering is distinct from m.event_stream_ordering
        """,
        "has another membership or place in the stream than the event has",
        findings);
  }

  @Override
  protected void look(Room room, VerificationContext context, Findings findings)
      throws SQLException {
    String local = ":" + context.fact("server_name");
    Map<String, String> expected = new HashMap<>();
    room.state()
        .forEach(
            (key, event) -> {
              if (key.startsWith(MEMBER) && UserIds.isOf(key.substring(MEMBER.length()), local)) {
                expected.put(key.substring(MEMBER.length()), event);
              }
            });
    Map<String, Set<String>> invites = new HashMap<>();
    Set<String> unreadable = new HashSet<>();
    room.rooms()
        .read(
            room.id(),
            "invites",
            row -> {
              // The event itself says for whom it is; Dendrite's number for that can be wrong.
              String invited = invited(row, room.id());
              String user = invited == null ? row.getString("event_state_key") : invited;
              if (user != null && UserIds.isOf(user, local)) {
                invites
                    .computeIfAbsent(user, known -> new HashSet<>())
                    .add(row.getString("invite_event_id"));
                if (invited == null) {
                  unreadable.add(row.getString("invite_event_id"));
                }
              }
            });
    room.rooms()
        .read(
            room.id(),
            "memberships",
            row -> {
              findings.looked();
              String user = row.getString("user_id");
              String event = row.getString("event_id");
              Set<String> pending = invites.getOrDefault(user, Set.of());
              String known = expected.remove(user);
              if (!event.equals(known) && !pending.contains(event)) {
                findings.found(
                    user + " in " + room.id(), "has another last membership than in Dendrite");
              }
              invites.remove(user);
            });
    expected.forEach(
        (user, event) -> findings.found(user + " in " + room.id(), "has lost the last membership"));
    if (!invites.isEmpty() && hasRoom(room.id(), context)) {
      invites.forEach(
          (user, events) ->
              report(user + " in " + room.id(), unreadable.containsAll(events), findings));
    }
  }

  private static boolean hasRoom(String room, VerificationContext context) throws SQLException {
    try (Carried carried = new Carried(context)) {
      return carried.hasRoom(room);
    }
  }

  private static void report(String what, boolean damaged, Findings findings) {
    if (damaged) {
      findings.noted(what, "the pending invite is left out: Synapse could not read it");
    } else {
      findings.found(what, "has lost a pending invite");
    }
  }

  /** Whom an invite into the room is for; null if Synapse cannot read it. */
  private static String invited(ResultSet row, String room) throws SQLException {
    String json = row.getString("invite_event_json");
    String id = row.getString("invite_event_id");
    Optional<RoomVersion> version = RoomVersion.of(row.getString("room_version"));
    try {
      Pdu pdu = json == null || version.isEmpty() ? null : Pdu.parse(json, id, version.get());
      return pdu != null
              && pdu.getIncompatibility() == null
              && EventId.of(pdu).equals(id)
              && room.equals(pdu.getRoomId())
              && "invite".equals(pdu.getMembership())
          ? pdu.getStateKey()
          : null;
    } catch (MalformedEventException e) {
      return null;
    }
  }
}
