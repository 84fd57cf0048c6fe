package d2s.matrix.verification.positions;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.extension.Verification;
import d2s.engine.schema.CatalogDdl;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An empty Synapse, and what its sequences and positions must be above of. */
class PositionsTest {

  private SmallDatabases databases;

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inDendrite(
        "create sequence syncapi_stream_id",
        "create sequence syncapi_receipt_id",
        "create sequence keyserver_key_changes_seq",
        "create sequence roomserver_event_nid_seq");
    CatalogDdl.create(databases.target(), BundledCatalogs.newest("synapse"));
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  private FoundThings verified(Verification verification) throws SQLException {
    FoundThings found = new FoundThings();
    verification.verify(databases, found);
    return found;
  }

  @Test
  void sequencesOfEmptyTablesMayBegin() throws SQLException {
    FoundThings found = verified(new SequencesVerification());

    assertThat(found.found()).isEmpty();
    assertThat(found.count()).isGreaterThan(20);
  }

  @Test
  void aSequenceIsAtItsHighestNumber() throws SQLException {
    databases.inSynapse(
        "set session_replication_role = replica",
        "insert into state_groups (id, room_id, event_id) values (7, '!r', '$e')",
        "select setval('state_group_id_seq', 7)");
    assertThat(verified(new SequencesVerification()).found()).isEmpty();

    databases.inSynapse("select setval('state_group_id_seq', 7, false)");
    assertThat(verified(new SequencesVerification()).found())
        .containsExactly("state_group_id_seq: is behind state_groups.id");

    databases.inSynapse("drop sequence state_group_id_seq");
    assertThat(verified(new SequencesVerification()).found()).isEmpty();
  }

  @Test
  void noGuestGetsTheNameOfAUser() throws SQLException {
    databases.inSynapse(
        "insert into users (name) values ('@7:our.example'), ('@8x:our.example'), ('@a:our.example')",
        "select setval('user_id_seq', 7)");
    assertThat(verified(new SequencesVerification()).found()).isEmpty();

    databases.inSynapse("select setval('user_id_seq', 6)");
    assertThat(verified(new SequencesVerification()).found())
        .containsExactly("user_id_seq: would give a guest the name of a user");
  }

  @Test
  void aStreamIsNotAheadOfItsSequence() throws SQLException {
    databases.inSynapse(
        "insert into stream_positions (stream_name, instance_name, stream_id) values"
            + " ('receipts', 'master', 7), ('backfill', 'master', -7), ('unknown', 'master', 7)",
        "select setval('receipts_sequence', 7)",
        "select setval('events_backfill_stream_seq', 7)");
    assertThat(verified(new SequencesVerification()).found()).isEmpty();

    databases.inSynapse(
        "select setval('receipts_sequence', 6)", "select setval('events_backfill_stream_seq', 6)");
    assertThat(verified(new SequencesVerification()).found())
        .containsExactlyInAnyOrder(
            "receipts: is a stream ahead of its sequence: Synapse would not start",
            "backfill: is a stream ahead of its sequence: Synapse would not start");
  }

  private void setAllTo(int number) throws SQLException {
    for (String sequence :
        new String[] {
          "account_data_sequence",
          "receipts_sequence",
          "presence_stream_sequence",
          "push_rules_stream_sequence",
          "device_inbox_sequence",
          "device_lists_sequence",
          "events_stream_seq"
        }) {
      databases.inSynapse("select setval('%s', %d)".formatted(sequence, number));
    }
  }

  @Test
  void sequencesStandAtTheFloor() throws SQLException {
    databases.inDendrite(
        "select setval('syncapi_stream_id', 5)",
        "select setval('keyserver_key_changes_seq', 7)",
        "select setval('roomserver_event_nid_seq', 1000)");
    setAllTo(7);
    assertThat(verified(new StreamFloorVerification()).found()).isEmpty();
    assertThat(verified(new StreamFloorVerification()).count()).isEqualTo(7);

    String below = ": is below positions that Dendrite has given to clients";
    setAllTo(6);
    assertThat(verified(new StreamFloorVerification()).found())
        .hasSize(6)
        .contains("device_inbox_sequence" + below)
        .doesNotContain("events_stream_seq" + below);

    setAllTo(7);
    databases.inSynapse("select setval('events_stream_seq', 5)");
    assertThat(verified(new StreamFloorVerification()).found()).isEmpty();
    databases.inSynapse("select setval('events_stream_seq', 4)");
    assertThat(verified(new StreamFloorVerification()).found())
        .containsExactly("events_stream_seq" + below);
  }

  @Test
  void rowsStandAboveTheFloor() throws SQLException {
    databases.inDendrite("select setval('syncapi_receipt_id', 7)");
    setAllTo(9);
    databases.inSynapse(
        "set session_replication_role = replica",
        "insert into account_data (user_id, account_data_type, stream_id, content)"
            + " values ('@a:our.example', 'old', 7, '{}'), ('@a:our.example', 'new', 8, '{}')");

    FoundThings found = verified(new StreamFloorVerification());
    assertThat(found.found())
        .containsExactly(
            "@a:our.example old: is in account_data where a client with an old token would not get it");
    assertThat(found.count()).isEqualTo(9);
  }

  @Test
  void positionsAreInOneRow() throws SQLException {
    assertThat(verified(new StartUpVerification()).found())
        .contains(
            "federation: is a position that is missing: events would be sent to other servers again",
            "stats_incremental_position: must have one row",
            "schema_version: must have one row");

    databases.inSynapse("insert into stats_incremental_position (stream_id) values (1)");
    assertThat(verified(new StartUpVerification()).found())
        .doesNotContain("stats_incremental_position: must have one row");
  }
}
