package d2s.matrix.verification.state;

import d2s.matrix.verification.TargetRules;
import java.util.List;

/** What Synapse takes for granted of its state groups. */
public final class StateGroupsVerification extends TargetRules {

  @Override
  public String name() {
    return "state groups";
  }

  @Override
  public String proves() {
    return "State groups are built as Synapse reads them.";
  }

  @Override
  public List<String> tables() {
    return List.of("state_groups", "state_groups_state", "state_group_edges");
  }

  @Override
  protected String counted() {
    return "select (select count(*) from state_groups) + (select count(*) from state_groups_state)";
  }

  @Override
  protected List<Rule> rules() {
    return List.of(
        new Rule(
            "is a state group with a lower number than its predecessor",
            "select state_group from state_group_edges where prev_state_group >= state_group"),
        new Rule(
            "is a state group with more than one predecessor",
            "select state_group from state_group_edges group by state_group having count(*) > 1"),
        new Rule(
            "is a state group whose predecessor is missing or belongs to another room",
            """
            select x.state_group from state_group_edges x
            left join state_groups g on g.id = x.state_group
            left join state_groups p on p.id = x.prev_state_group
            where g.room_id is distinct from p.room_id or g.room_id is null
            """),
        new Rule(
            "is a state group with more than 172 predecessors in a row",
            """
            with recursive chain (id, hops) as (
              select g.id, 0 from state_groups g
              where not exists (select 1 from state_group_edges x where x.state_group = g.id)
              union all
              select x.state_group, chain.hops + 1
              from state_group_edges x join chain on chain.id = x.prev_state_group
              where chain.hops <= 172
            )
            select id from chain where hops > 172
            """),
        new Rule(
            "has a state group that is missing or belongs to another room",
            """
            select s.event_id from event_to_state_groups s
            join events e on e.event_id = s.event_id
            left join state_groups g on g.id = s.state_group
            where g.room_id is distinct from e.room_id
            """),
        new Rule(
            "has a state group, but there is no such event",
            """
            select s.event_id from event_to_state_groups s
            where not exists (select 1 from events e where e.event_id = s.event_id)
            """),
        new Rule(
            "is a state group with an entry that is no state event of the room and key",
            """
            select s.state_group || ' ' || s.event_id from state_groups_state s
            left join state_groups g on g.id = s.state_group
            left join state_events e on e.event_id = s.event_id
            where s.room_id is distinct from g.room_id or s.room_id is distinct from e.room_id
              or s.type is distinct from e.type or s.state_key is distinct from e.state_key
            """),
        new Rule(
            "is a state group with two entries of one type and state key",
            """
            select state_group || ' ' || type from state_groups_state
            group by state_group, type, state_key having count(*) > 1
            """),
        // Both tables came with schema 89.
        new Rule(
            "is a state group that Synapse would delete",
            "select state_group from state_groups_pending_deletion",
            "state_groups_pending_deletion"),
        new Rule(
            "is a state group that Synapse takes for unfinished",
            "select state_group from state_groups_persisting",
            "state_groups_persisting"));
  }
}
