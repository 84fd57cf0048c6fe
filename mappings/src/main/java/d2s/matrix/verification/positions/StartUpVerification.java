package d2s.matrix.verification.positions;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.TargetRules;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;
import java.util.List;

/** What must hold for Synapse to start, and to do nothing foolish then. */
public final class StartUpVerification extends TargetRules {

  /** Tables in which Synapse keeps a position in one row. */
  private static final List<String> SINGLE_ROWS =
      List.of(
          "appservice_stream_position",
          "user_directory_stream_pos",
          "stats_incremental_position",
          "event_push_summary_stream_ordering",
          "event_push_summary_last_receipt_stream_id",
          "device_lists_changes_converted_stream_position",
          "schema_version",
          "schema_compat_version");

  @Override
  public String name() {
    return "start-up";
  }

  @Override
  public String proves() {
    return "Synapse starts and repeats nothing that Dendrite has done.";
  }

  @Override
  public List<String> tables() {
    return List.of("events", "users");
  }

  @Override
  protected String counted() {
    return "select (select count(*) from events) + (select count(*) from users)";
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    super.verify(context, findings);
    for (String table : SINGLE_ROWS) {
      long rows = Sql.number(context.target(), "select count(*) from " + table);
      if (rows != 1) {
        findings.found(table, "must have one row");
      }
    }
  }

  @Override
  protected List<Rule> rules() {
    return List.of(
        new Rule(
            "has no received_ts: Synapse would not start",
            "select event_id from events where received_ts is null"),
        new Rule(
            "is a user of another server: Synapse would not start",
            "select name from users where substr(name, strpos(name, ':') + 1) <> :server_name"),
        new Rule(
            "is asked of a release of Synapse, and is newer than the schema itself: none would start",
            """
            select compat_version from schema_compat_version
            where compat_version > (select max(version) from schema_version)
            """),
        new Rule(
            "is no background update that Synapse knows: it would block all others",
            """
            select update_name from background_updates
            where update_name not in (
              'populate_stats_process_rooms', 'populate_stats_process_users',
              'populate_user_directory_createtables', 'populate_user_directory_process_rooms',
              'populate_user_directory_process_users', 'populate_user_directory_cleanup', 'event_search',
              'threads_backfill', 'chain_cover', 'event_arbitrary_relations', 'event_store_labels',
              'insert_room_retention', 'redactions_recheck', 'populate_event_stream_ordering',
              'set_device_id_for_pushers', 'flag_existing_quarantined_media', 'fixup_max_depth_cap',
              'mark_unreferenced_state_groups_for_deletion_bg_update',
              'sliding_sync_prefill_joined_rooms_to_recalculate_table_bg_update',
              'sliding_sync_joined_rooms_bg_update', 'sliding_sync_membership_snapshots_bg_update',
              'sliding_sync_membership_snapshots_fix_forgotten_column_bg_update')
            """),
        new Rule(
            "waits for a background update that is not queued",
            """
            select u.update_name from background_updates u
            where u.depends_on is not null
              and not exists (select 1 from background_updates o where o.update_name = u.depends_on)
            """),
        new Rule(
            "is empty, and no background update fills it",
            """
            select 'room_stats_current' where not exists (select 1 from room_stats_current)
              and exists (select 1 from current_state_events)
              and not exists (select 1 from background_updates where update_name = 'populate_stats_process_rooms')
            union all
            select 'user_stats_current' where not exists (select 1 from user_stats_current)
              and exists (select 1 from users)
              and not exists (select 1 from background_updates where update_name = 'populate_stats_process_users')
            union all
            select 'user_directory' where not exists (select 1 from user_directory)
              and exists (select 1 from users where deactivated = 0 and appservice_id is null)
              and not exists (select 1 from background_updates
                              where update_name = 'populate_user_directory_process_users')
            """),
        new Rule(
            "is a position that is missing: events would be sent to other servers again",
            """
            select wanted.type from (values ('events'), ('federation')) wanted (type)
            left join federation_stream_position p on p.type = wanted.type and p.instance_name = 'master'
            where p.type is null
            """),
        new Rule(
            "is not where the events end: Synapse would skip the next ones, or count old ones again",
            """
            select name from (
              select 'federation_stream_position' as name,
                     (select max(stream_id) from federation_stream_position where type = 'events') as at
              union all
              select 'appservice_stream_position', (select max(stream_ordering) from appservice_stream_position)
              union all
              select 'stats_incremental_position', (select max(stream_id) from stats_incremental_position)
              union all
              select 'user_directory_stream_pos', (select max(stream_id) from user_directory_stream_pos)
              union all
              select 'room_forgetter_stream_pos', (select max(stream_id) from room_forgetter_stream_pos)
              union all
              select 'delayed_events_stream_pos', (select max(stream_id) from delayed_events_stream_pos)
            ) positions
            where exists (select 1 from events)
              and (at is null or at > (select greatest(max(stream_ordering), 1) from events)
                   or at < (select max(stream_ordering) from events where stream_ordering <= :floor))
            """),
        new Rule(
            "is above every event: Synapse would count no notification",
            """
            select 'event_push_summary_stream_ordering' from event_push_summary_stream_ordering
            where stream_ordering > (select greatest(max(stream_ordering), 1) from events)
            """),
        new Rule(
            "is not at the newest receipt: rooms would become read or unread by themselves",
            """
            select 'event_push_summary_last_receipt_stream_id' from event_push_summary_last_receipt_stream_id
            where stream_id <> (select last_value from receipts_sequence)
            """),
        new Rule(
            "is a change of devices that would be sent to other servers again",
            """
            select distinct c.user_id from device_lists_changes_in_room c
            where not c.converted_to_destinations
              and c.stream_id > (select stream_id from device_lists_changes_converted_stream_position)
            """),
        new Rule(
            "is above every change of devices: Synapse could not tell other servers of any",
            """
            select stream_id from device_lists_changes_converted_stream_position
            where stream_id > (select last_value from device_lists_sequence)
            """),
        new Rule(
            "is a room that Synapse would take for half joined",
            "select room_id from partial_state_rooms"),
        new Rule(
            "is a room in sliding sync, where half of the rooms is worse than none",
            """
            select distinct l.room_id from local_current_membership l
            where exists (select 1 from sliding_sync_membership_snapshots)
              and not exists (select 1 from sliding_sync_membership_snapshots s
                              where s.room_id = l.room_id and s.user_id = l.user_id)
            """));
  }
}
