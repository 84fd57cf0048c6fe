package d2s.matrix.verification.completeness;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Merge;
import java.sql.SQLException;
import java.util.List;

/**
 * Rooms, events, local members and files that any table of Dendrite names and Synapse does not
 * have.
 *
 * <p>It asks nothing of how a thing should be carried over, so that no thing can be lost without a
 * word. Whether it is lost for a reason is the business of the other verifications: each of them
 * says whether Dendrite's data are damaged there or the load is wrong.
 */
public final class CompletenessVerification implements Verification {

  /**
   * A kind of thing.
   *
   * @param what what it is, for sentences
   * @param source a query with the columns {@code key} and {@code known_in}, the table
   * @param target a query with the column {@code key}
   */
  private record Kind(String what, String source, String target) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "room",
              """
              select room_id as key, 'roomserver_rooms' as known_in from roomserver_rooms
              union all select room_id, 'roomserver_room_aliases' from roomserver_room_aliases
              union all select room_id, 'roomserver_published' from roomserver_published where published
              union all select distinct room_id, 'syncapi_current_room_state' from syncapi_current_room_state
              union all select distinct room_id, 'syncapi_output_room_events' from syncapi_output_room_events
              union all select distinct room_id, 'syncapi_invite_events' from syncapi_invite_events where not deleted
              union all select distinct room_id, 'federationsender_joined_hosts' from federationsender_joined_hosts
              """,
              "select room_id as key from rooms"),
          new Kind(
              "event",
              """
              select event_id as key, 'roomserver_events' as known_in from roomserver_events
              union all select event_id, 'syncapi_output_room_events' from syncapi_output_room_events
              union all select event_id, 'syncapi_current_room_state' from syncapi_current_room_state
              union all select invite_event_id, 'roomserver_invites' from roomserver_invites where not retired
              """,
              "select event_id as key from events"),
          new Kind(
              "member",
              """
              select k.event_state_key || ' in ' || r.room_id as key, 'roomserver_membership' as known_in
              from roomserver_membership m
              join roomserver_rooms r using (room_nid)
              join roomserver_event_state_keys k on k.event_state_key_nid = m.target_nid
              where m.membership_nid = 3 and m.target_local
              union all
              select state_key || ' in ' || room_id, 'syncapi_current_room_state'
              from syncapi_current_room_state
              where type = 'm.room.member' and membership = 'join'
                and substr(state_key, position(':' in state_key) + 1) = :server_name
              """,
              """
              select user_id || ' in ' || room_id as key from local_current_membership
              where membership = 'join'
              """),
          new Kind(
              "file",
              """
              select media_origin || '/' || media_id as key, 'mediaapi_media_repository' as known_in
              from mediaapi_media_repository
              """,
              """
              select :server_name || '/' || media_id as key from local_media_repository
              union all select media_origin || '/' || media_id from remote_media_cache
              """));

  @Override
  public String name() {
    return "completeness";
  }

  @Override
  public String proves() {
    return "Every room and event and member and file that any table of Dendrite knows is there or named.";
  }

  @Override
  public List<String> tables() {
    return List.of(
        "rooms",
        "events",
        "local_current_membership",
        "local_media_repository",
        "remote_media_cache");
  }

  @Override
  public int passes() {
    return 2;
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    for (Kind kind : KINDS) {
      Merge.of(
          context,
          "select key, string_agg(distinct known_in, ', ') as tables from ("
              + kind.source()
              + ") known group by key",
          kind.target(),
          (key, dendrite, synapse) -> {
            findings.looked();
            if (synapse == null) {
              findings.noted(
                  kind.what() + " " + key,
                  "is in " + dendrite.getString("tables") + ", but not in Synapse");
            }
          });
    }
  }
}
