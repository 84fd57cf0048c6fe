package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Events whose JSON is lost or cannot be read, at the places where others refer to them: whatever
 * belongs to such an event is left out and named, and the rest is carried over.
 */
class LostEventsTest {

  private static MigratedRecording migrated;

  @BeforeAll
  static void migrate() throws SQLException {
    migrated =
        MigratedRecording.of(
            "dendrite-0.13.8",
            "create table lost as"
                + " (select e.event_nid, e.event_id from roomserver_events e"
                + "  join roomserver_rooms r on e.event_nid = r.latest_event_nids[1]"
                + "  where e.event_nid % 2 = 0 order by 1 limit 12)"
                + " union (select e.event_nid, e.event_id from roomserver_events e"
                + "  join userapi_notifications n using (event_id) order by 1 limit 4)"
                + " union (select e.event_nid, e.event_id from roomserver_events e"
                + "  join syncapi_receipts n using (event_id) order by 1 limit 4)"
                + " union (select event_nid, e.event_id from roomserver_events e"
                + "  join roomserver_reported_events n using (event_nid) order by 1 limit 1)"
                + " union (select e.event_nid, e.event_id from roomserver_events e"
                + "  join roomserver_redactions n on e.event_id"
                + "   in (n.redacts_event_id, n.redaction_event_id) order by 1 limit 6)"
                + " union (select event_nid, event_id from roomserver_events"
                + "  where event_type_nid = 5 order by 1 desc limit 3)"
                + " union (select event_nid, event_id from roomserver_events"
                + "  where event_type_nid = 2 order by 1 desc limit 2)",
            "delete from roomserver_event_json where event_nid in"
                + " (select event_nid from lost order by event_nid % 7, event_nid limit 14)",
            "update roomserver_event_json set event_json = left(event_json, 40)"
                + " where event_nid in (select event_nid from lost)");
  }

  @AfterAll
  static void drop() throws SQLException {
    migrated.close();
  }

  @Test
  void theRestIsCarriedOver() throws SQLException {
    List<String> lost = migrated.sourceRows("select event_id from lost");

    assertThat(migrated.result().findings()).isEmpty();
    assertThat(migrated.result().committed()).isTrue();
    assertThat(lost).hasSizeGreaterThan(20);
    assertThat(migrated.skipped("events"))
        .hasSameSizeAs(lost)
        .anyMatch(text -> text.endsWith("the event has no JSON; nothing of it is left"))
        .anyMatch(text -> text.contains("the JSON of the event cannot be read"));
    assertThat(migrated.rows("select count(*) from events join event_json using (event_id)"))
        .isEqualTo(
            migrated.rows(
                "select count(*) from events where event_id in (select event_id from event_json)"));
  }

  @Test
  void whatBelongsToALostEventIsLeftOutAndNamed() throws SQLException {
    assertThat(migrated.skipped("notifications"))
        .isNotEmpty()
        .allMatch(text -> text.endsWith("the event that it notifies of could not be carried over"));
    assertThat(migrated.skipped("forward_extremities")).isNotEmpty();
    for (String table :
        List.of(
            "event_push_actions",
            "event_to_state_groups",
            "state_groups_state",
            "current_state_events",
            "event_forward_extremities",
            "redactions",
            "room_memberships")) {
      assertThat(
              migrated.rows(
                  "select event_id from "
                      + table
                      + " t where not exists"
                      + " (select 1 from events e where e.event_id = t.event_id)"))
          .as(table)
          .isEmpty();
    }
    assertThat(
            migrated.rows(
                "select destination, room_id from destination_rooms r where not exists"
                    + " (select 1 from events e where e.stream_ordering = r.stream_ordering)"))
        .isEmpty();
  }

  @Test
  void everyRoomCanGoOn() throws SQLException {
    assertThat(
            migrated.rows(
                "select distinct room_id from current_state_events c where not exists"
                    + " (select 1 from event_forward_extremities f where f.room_id = c.room_id)"))
        .isEmpty();
    // Where the only extremity is lost, the newest event that is left takes its place.
    assertThat(
            migrated.rows(
                "select f.event_id from event_forward_extremities f"
                    + " join events e using (event_id)"
                    + " where (select count(*) from event_forward_extremities o"
                    + "        where o.room_id = f.room_id) = 1"
                    + " and exists (select 1 from events n join event_json j using (event_id)"
                    + "  where n.room_id = f.room_id and n.topological_ordering > e.topological_ordering"
                    + "  and not n.outlier and n.rejection_reason is null"
                    + "  and j.internal_metadata not like '%soft_failed%')"))
        .isEmpty();
  }

  @Test
  void theStreamOfChangesHasOneRowForEachPlaceAndKey() throws SQLException {
    assertThat(
            migrated.rows(
                "select room_id, type, state_key, stream_id from current_state_delta_stream"
                    + " group by 1, 2, 3, 4 having count(*) > 1"))
        .isEmpty();
    assertThat(
            migrated.rows(
                "select d.room_id, d.type, d.stream_id from (select distinct on"
                    + " (room_id, type, state_key) * from current_state_delta_stream"
                    + "  order by room_id, type, state_key, stream_id desc) d"
                    + " left join current_state_events c using (room_id, type, state_key)"
                    + " where d.event_id is distinct from c.event_id"))
        .isEmpty();
  }
}
