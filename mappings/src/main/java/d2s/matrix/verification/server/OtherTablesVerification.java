package d2s.matrix.verification.server;

import d2s.matrix.verification.Comparisons;
import java.util.List;

/** Small tables that hold single facts. Tokens and addresses are compared, but not quoted. */
public final class OtherTablesVerification extends Comparisons {

  @Override
  public String name() {
    return "small tables";
  }

  @Override
  public String proves() {
    return "Status messages and reports and registration tokens and addresses are there.";
  }

  @Override
  public List<String> tables() {
    return List.of("presence_stream", "event_reports", "registration_tokens", "user_threepids");
  }

  @Override
  protected List<Comparison> comparisons() {
    return List.of(
        new Comparison(
            "status message",
            """
            select p.user_id as key, p.status_msg, p.last_active_ts
            from syncapi_presence p
            join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a on '@' || a.localpart || ':' || a.server_name = p.user_id
            where p.status_msg <> '' and a.is_deactivated is not true
            """,
            "select user_id as key, status_msg, last_active_ts from presence_stream"),
        new Comparison(
            "report",
            """
            select 'report ' || p.id as key, p.received_ts, p.reason, r.room_id, e.event_id,
                   u.event_state_key as user_id,
                   e.event_id as of_event, r.room_id as of_room
            from roomserver_reported_events p
            join roomserver_rooms r using (room_nid)
            join roomserver_events e on e.event_nid = p.event_nid
            join roomserver_event_state_keys u on u.event_state_key_nid = p.reporting_user_nid
            """,
            "select 'report ' || id as key, received_ts, reason, room_id, event_id, user_id from event_reports"),
        new Comparison(
            "registration token",
            """
            select 'token ' || md5(token) as key, token, expiry_time, uses_allowed, coalesce(completed, 0) as completed
            from userapi_registration_tokens
            where coalesce(completed, 0) between -2147483648 and 2147483647
            """,
            """
            select 'token ' || md5(token) as key, token, expiry_time, uses_allowed, completed
            from registration_tokens
            """),
        new Comparison(
            "third-party identifier",
            """
            select distinct on (t.medium, n.address) '@' || t.localpart || ':' || t.server_name || ' ' || t.medium
                     || ' ' || md5(n.address) as key
            from userapi_threepids t
            join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a using (localpart, server_name)
            cross join lateral (
              select case when t.medium = 'email' then lower(t.threepid) else t.threepid end as address) n
            -- The database's lower() may know ASCII only.
            where n.address ~ '^[ -~]*$'
            order by t.medium, n.address, a.created_ts, t.threepid
            """,
            "select user_id || ' ' || medium || ' ' || md5(address) as key from user_threepids where address ~ '^[ -~]*$'"));
  }
}
