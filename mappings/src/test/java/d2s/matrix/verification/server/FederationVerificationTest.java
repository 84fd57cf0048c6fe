package d2s.matrix.verification.server;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that waits for one event; no recording has such a server. */
class FederationVerificationTest {

  private SmallDatabases databases;

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inDendrite(
        "create table federationsender_joined_hosts (server_name text, room_id text)",
        "create table syncapi_output_room_events (id bigint, room_id text, event_id text, sender text,"
            + " exclude_from_sync boolean)",
        "create table federationsender_queue_pdus (server_name text, json_nid bigint)",
        "create table federationsender_queue_json (json_nid bigint, json_body text)",
        "insert into federationsender_joined_hosts values"
            + " ('far.example'), ('far.example'), ('our.example'), ('')",
        "insert into federationsender_queue_json values (1, '{\"_event_id\":\"$waits\"}')",
        "insert into federationsender_queue_pdus values ('far.example', 1)");
    databases.inSynapse(
        "create table events (event_id text, room_id text, stream_ordering bigint)",
        "create table rooms (room_id text)",
        "create sequence events_stream_seq start 20",
        "select nextval('events_stream_seq')",
        "create table destinations (destination text, last_successful_stream_ordering bigint)",
        "create table destination_rooms (destination text, room_id text, stream_ordering bigint)",
        "insert into events values ('$before', '!r', 6), ('$waits', '!r', 7)",
        "insert into destinations values ('far.example', 6)",
        "insert into destination_rooms values ('far.example', '!r', 7)");
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  private FoundThings verified() throws SQLException {
    FoundThings found = new FoundThings();
    new FederationVerification().verify(databases, found);
    return found;
  }

  @Test
  void aServerIsNotBeyondTheEvents() throws SQLException {
    databases.inSynapse("update destinations set last_successful_stream_ordering = 20");
    assertThat(verified().found())
        .doesNotContain("far.example: is a server that would not get the next events");

    databases.inSynapse("update destinations set last_successful_stream_ordering = 21");
    assertThat(verified().found())
        .contains("far.example: is a server that would not get the next events");
  }

  @Test
  void anEventThatWillBeSentIsRight() throws SQLException {
    FoundThings found = verified();

    assertThat(found.found()).isEmpty();
    assertThat(found.count()).isEqualTo(2);
  }

  @Test
  void anEventThatCountsAsSent() throws SQLException {
    databases.inSynapse("update destinations set last_successful_stream_ordering = 7");

    assertThat(verified().found())
        .containsExactly("far.example $waits: waits for a server in Dendrite only");
  }

  @Test
  void anEventOfARoomWithNothingToSend() throws SQLException {
    databases.inSynapse("delete from destination_rooms");

    assertThat(verified().found())
        .containsExactly("far.example $waits: waits for a server in Dendrite only");
  }

  @Test
  void anEventAfterTheNewestToSend() throws SQLException {
    databases.inSynapse("update destination_rooms set stream_ordering = 6");

    assertThat(verified().found())
        .containsExactly("far.example $waits: waits for a server in Dendrite only");
  }

  @Test
  void aServerThatSynapseDoesNotKnow() throws SQLException {
    databases.inSynapse("delete from destinations", "delete from destination_rooms");

    assertThat(verified().found())
        .containsExactly(
            "far.example: is a server in our rooms that Synapse does not know",
            "far.example $waits: waits for a server in Dendrite only");
  }

  @Test
  void anEventThatSynapseDoesNotHaveCannotBeSent() throws SQLException {
    databases.inSynapse(
        "delete from events where event_id = '$waits'",
        "update destination_rooms set stream_ordering = 6");

    assertThat(verified().found()).isEmpty();
  }

  @Test
  void anEventThatWasNeverNewCannotBeSent() throws SQLException {
    databases.inSynapse(
        "update events set stream_ordering = -7 where event_id = '$waits'",
        "update destination_rooms set stream_ordering = 6");

    assertThat(verified().found()).isEmpty();
  }

  @Test
  void whatIsNoEventIsNotLookedAt() throws SQLException {
    databases.inDendrite("update federationsender_queue_json set json_body = '{}'");
    assertThat(verified().count()).isEqualTo(1);

    databases.inDendrite("update federationsender_queue_json set json_body = 'x'");
    assertThat(verified().count()).isEqualTo(1);

    databases.inDendrite("update federationsender_queue_pdus set server_name = 'our.example'");
    assertThat(verified().found()).isEmpty();
  }
}
