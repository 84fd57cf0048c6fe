package d2s.generator;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.generator.random.Size;
import d2s.matrix.event.EventId;
import d2s.matrix.event.Pdu;
import d2s.matrix.event.RoomVersion;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class GeneratedDendriteTest {
  private static final int EVENTS = 1_500;

  @Test
  void theSameSeedGivesTheSameRowsAndAnotherSeedOthers() throws SQLException {
    TestDatabase first = generate(7);
    TestDatabase second = generate(7);
    TestDatabase other = generate(8);
    assertThat(first.everything()).isEqualTo(second.everything());
    assertThat(first.rows("select event_id from roomserver_events"))
        .doesNotContainAnyElementsOf(other.rows("select event_id from roomserver_events"));
  }

  @Test
  void everyEventHasTheHashesThatItsContentGives() throws SQLException {
    TestDatabase database = generate(9);
    int whole = 0;
    int redacted = 0;
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select event_id, room_version, event_json from roomserver_events"
                    + " join roomserver_event_json using (event_nid)"
                    + " join roomserver_rooms using (room_nid)")) {
      while (row.next()) {
        Pdu pdu =
            Pdu.parse(
                row.getString(3), row.getString(1), RoomVersion.of(row.getString(2)).orElseThrow());
        assertThat(pdu.isEventIdCorrect()).as(row.getString(3)).isTrue();
        if (row.getString(3).contains("\"redacted_because\"")) {
          redacted++;
        } else {
          assertThat(EventId.contentHashMatches(pdu)).as(row.getString(3)).isTrue();
          whole++;
        }
      }
    }
    assertThat(whole).isGreaterThan(EVENTS * 9 / 10);
    assertThat(redacted).isGreaterThan(EVENTS / 200);
  }

  @Test
  void itHasForksHistoryHolesAndManyBlocks() throws SQLException {
    TestDatabase database = generate(10);
    assertThat(
            database.rows(
                """
                select (select count(*) > 5 from roomserver_previous_events where cardinality(event_nids) = 2),
                       (select count(*) > 5 from syncapi_output_room_events where exclude_from_sync),
                       (select count(*) > 0 from syncapi_backward_extremities),
                       (select max(cardinality(state_block_nids)) > 20 from roomserver_state_snapshots),
                       (select count(*) > 50 from roomserver_events where state_snapshot_nid = 0),
                       (select count(*) > 100 from roomserver_event_json e
                        join roomserver_events using (event_nid)
                        join roomserver_event_types using (event_type_nid)
                        where event_type = 'm.room.encrypted' and length(event_json) > 700)
                """))
        .containsExactly("t t t t t t");
  }

  private static TestDatabase generate(long seed) throws SQLException {
    TestDatabase database = TestPostgres.createDatabase("generated");
    new GeneratedDendrite(Size.of(EVENTS).withSeed(seed), database.dataSource()).write();
    return database;
  }
}
