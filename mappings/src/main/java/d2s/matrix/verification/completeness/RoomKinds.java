package d2s.matrix.verification.completeness;

import java.util.List;

/** What belongs to rooms. */
final class RoomKinds {

  static final List<Kind> ALL =
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
              "select room_id as key from rooms",
              List.of("rooms")),
          new Kind(
              "event",
              """
              select event_id as key, 'roomserver_events' as known_in from roomserver_events
              union all select event_id, 'syncapi_output_room_events' from syncapi_output_room_events
              union all select event_id, 'syncapi_current_room_state' from syncapi_current_room_state
              union all select invite_event_id, 'roomserver_invites' from roomserver_invites where not retired
              """,
              "select event_id as key from events",
              List.of("events")),
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
              """,
              List.of("local_current_membership")),
          new Kind(
              "file",
              """
              select media_origin || '/' || media_id as key, 'mediaapi_media_repository' as known_in
              from mediaapi_media_repository
              """,
              """
              select :server_name || '/' || media_id as key from local_media_repository
              union all select media_origin || '/' || media_id from remote_media_cache
              """,
              List.of("local_media_repository", "remote_media_cache")),
          new Kind(
              "alias",
              "select alias as key, 'roomserver_room_aliases' as known_in from roomserver_room_aliases",
              "select room_alias as key from room_aliases",
              List.of("room_aliases")),
          new Kind(
              "receipt",
              """
              select user_id || ' ' || room_id || ' ' || receipt_type as key, 'syncapi_receipts' as known_in
              from syncapi_receipts
              """,
              "select user_id || ' ' || room_id || ' ' || receipt_type as key from receipts_linearized",
              List.of("receipts_linearized")));

  private RoomKinds() {}
}
