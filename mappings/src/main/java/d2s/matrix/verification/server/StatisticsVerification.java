package d2s.matrix.verification.server;

import d2s.matrix.verification.TargetRules;
import java.util.List;

/**
 * The numbers and names that Synapse keeps of rooms and users. Once they are there it only adds the
 * changes, so a wrong number stays wrong for ever.
 */
public final class StatisticsVerification extends TargetRules {

  @Override
  public String name() {
    return "statistics";
  }

  @Override
  public String proves() {
    return "Rooms have as many members as is said of them and everybody can be found.";
  }

  @Override
  public List<String> tables() {
    return List.of("room_stats_current", "user_stats_current", "user_directory");
  }

  @Override
  protected String counted() {
    return "select (select count(*) from room_stats_current) + (select count(*) from user_stats_current)"
        + " + (select count(*) from user_directory)";
  }

  @Override
  protected List<Rule> rules() {
    return List.of(
        new Rule(
            "is a room with another number of members than is said of it",
            """
            select coalesce(s.room_id, c.room_id)
            from room_stats_current s
            full join (
              select room_id, count(*) as entries,
                     sum(case membership when 'join' then 1 else 0 end) as joined,
                     sum(case membership when 'invite' then 1 else 0 end) as invited,
                     sum(case membership when 'leave' then 1 else 0 end) as gone,
                     sum(case membership when 'ban' then 1 else 0 end) as banned,
                     sum(case membership when 'knock' then 1 else 0 end) as knocked,
                     sum(case when membership = 'join' and split_part(state_key, ':', 1) || ':' || :server_name
                                   = state_key then 1 else 0 end) as local
              from current_state_events group by room_id) c on c.room_id = s.room_id
            where (s.current_state_events, s.joined_members, s.invited_members, s.left_members,
                   s.banned_members, s.knocked_members, s.local_users_in_room)
                  is distinct from (coalesce(c.entries, 0), coalesce(c.joined, 0), coalesce(c.invited, 0),
                                    coalesce(c.gone, 0), coalesce(c.banned, 0), coalesce(c.knocked, 0),
                                    coalesce(c.local, 0))
            """),
        new Rule(
            "is a room with a history that no administrator could find or purge",
            """
            select r.room_id from rooms r
            where exists (select 1 from events e
                          where e.room_id = r.room_id and not e.outlier and e.rejection_reason is null)
              and (not exists (select 1 from room_stats_current s where s.room_id = r.room_id)
                   or not exists (select 1 from room_stats_state s where s.room_id = r.room_id))
            """),
        new Rule(
            "is counted beyond the events: Synapse would not count the next changes",
            """
            select room_id from room_stats_current
            where completed_delta_stream_id > (select greatest(max(stream_ordering), 1) from events)
            union all
            select user_id from user_stats_current
            where completed_delta_stream_id > (select greatest(max(stream_ordering), 1) from events)
            """),
        new Rule(
            "is a user in another number of rooms than is said of them",
            """
            select u.name from users u
            left join user_stats_current s on s.user_id = u.name
            where s.joined_rooms is distinct from
                  (select count(*) from local_current_membership l
                   where l.user_id = u.name and l.membership = 'join')
            """),
        new Rule(
            "cannot be found by name",
            """
            select u.name from users u
            left join profiles p on p.full_user_id = u.name
            left join user_directory d on d.user_id = u.name
            left join user_directory_search s on s.user_id = u.name
            where u.deactivated = 0 and u.appservice_id is null
              and (d.user_id is null or s.vector is null or d.display_name is distinct from p.displayname
                   or d.avatar_url is distinct from p.avatar_url)
            """),
        new Rule(
            "is in a room with others who could not find them by it",
            """
            select c.state_key || ' in ' || c.room_id
            from current_state_events c
            join user_directory d on d.user_id = c.state_key
            left join users_in_public_rooms p on p.user_id = c.state_key and p.room_id = c.room_id
            -- Grouped, because an index would lead to all with whom the user shares any room.
            left join (
              select other_user_id, room_id from users_who_share_private_rooms group by other_user_id, room_id
            ) s on s.other_user_id = c.state_key and s.room_id = c.room_id
            where c.type = 'm.room.member' and c.membership = 'join'
              and p.user_id is null and s.other_user_id is null
              and exists (
                select 1 from current_state_events o
                join user_directory e on e.user_id = o.state_key
                where o.room_id = c.room_id and o.type = 'm.room.member' and o.membership = 'join'
                  and o.state_key <> c.state_key
                  and substr(o.state_key, position(':' in o.state_key) + 1) = :server_name)
            """),
        new Rule(
            "can be found by name, but should not",
            """
            select d.user_id from user_directory d join users u on u.name = d.user_id
            where u.deactivated = 1 or u.appservice_id is not null
            """));
  }
}
