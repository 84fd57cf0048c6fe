package d2s.matrix.verification.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A room of version 1, which Synapse does not have, and what makes that right. */
class RoomsVerificationTest {

  private static final String CREATE =
      """
      {"room_id":"!r:our.example","event_id":"$c:our.example","type":"m.room.create","state_key":"",\
      "sender":"@a:our.example","content":{"creator":"@a:our.example","room_version":"1"},"depth":1,\
      "origin_server_ts":1,"prev_events":[],"auth_events":[],"hashes":{"sha256":"x"},"signatures":{}}""";

  private SmallDatabases databases;

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inDendrite(
        "create table roomserver_rooms (room_nid bigint, room_id text, room_version text,"
            + " state_snapshot_nid bigint, latest_event_nids bigint[])",
        "create table roomserver_events (event_nid bigint, room_nid bigint, event_id text,"
            + " event_type_nid bigint, is_rejected boolean)",
        "create table roomserver_event_json (event_nid bigint, event_json text)",
        "create table roomserver_redactions (redacts_event_id text, validated boolean)",
        "create table roomserver_published (room_id text, appservice_id text, network_id text,"
            + " published boolean)",
        "insert into roomserver_rooms values (1, '!r:our.example', '1', 5, '{1}')",
        "insert into roomserver_events values (1, 1, '$c:our.example', 1, false)",
        "insert into roomserver_event_json values (1, '" + CREATE + "')");
    databases.inSynapse(
        "create table rooms (room_id text, room_version text, is_public boolean, creator text)",
        "create table events (event_id text)",
        "create table devices (user_id text, device_id text)",
        "create table appservice_room_list (appservice_id text, network_id text, room_id text)");
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  private FoundThings verified() throws SQLException {
    FoundThings found = new FoundThings();
    new RoomsVerification().verify(databases, found);
    return found;
  }

  @Test
  void aRoomWithAReadableCreateEventIsMissing() throws SQLException {
    FoundThings found = verified();

    assertThat(found.found()).containsExactly("!r:our.example: is missing");
    assertThat(found.noted()).isEmpty();
    assertThat(found.count()).isEqualTo(1);
  }

  @Test
  void aRoomThatIsOnlyKnownByAnInviteIsMissing() throws SQLException {
    databases.inDendrite(
        "delete from roomserver_events",
        "update roomserver_rooms set state_snapshot_nid = 0, latest_event_nids = '{}'");

    assertThat(verified().found()).containsExactly("!r:our.example: is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'!r:our.example' | '!s:our.example'",
        "'$c:our.example' | '$d:our.example'",
        "'\"type\":\"m.room.create\",' | ''",
        "'\"sender\":\"@a:our.example\",' | ''",
      })
  void aCreateEventThatSynapseCouldNotRead(String part, String instead) throws SQLException {
    databases.inDendrite(
        "update roomserver_event_json set event_json = replace(event_json, '%s', '%s')"
            .formatted(part, instead == null ? "" : instead));

    FoundThings found = verified();
    assertThat(found.found()).isEmpty();
    assertThat(found.noted())
        .containsExactly(
            "!r:our.example: is left out: Synapse could not read the event that it began with");
  }

  @Test
  void aCreateEventThatIsLost() throws SQLException {
    for (String loss :
        new String[] {
          "update roomserver_event_json set event_json = 'x'",
          "delete from roomserver_event_json",
          "update roomserver_rooms set state_snapshot_nid = 0, latest_event_nids = '{}'",
          "delete from roomserver_events; update roomserver_rooms set state_snapshot_nid = 5",
        }) {
      databases.inDendrite(loss);

      assertThat(verified().noted())
          .as(loss)
          .containsExactly("!r:our.example: is left out: the event that it began with is lost");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9000, Synapse does not know its version 9000",
    "org.matrix.msc3667, Synapse does not know its version org.matrix.msc3667",
    "12, this release of Synapse does not know its version 12",
    "org.matrix.hydra.11, this release of Synapse does not know its version org.matrix.hydra.11",
  })
  void aVersionThatSynapseDoesNotKnow(String version, String why) throws SQLException {
    databases.inDendrite(
        "update roomserver_event_json set event_json = replace(event_json,"
            + " '\"room_version\":\"1\"', '\"room_version\":\"%s\"')".formatted(version));

    FoundThings found = verified();
    assertThat(found.found()).isEmpty();
    assertThat(found.noted()).containsExactly("!r:our.example: is left out: " + why);
  }

  /** The table came with the release that knows the version. */
  @Test
  void aNewerSynapseKnowsVersion12() throws SQLException {
    databases.inSynapse("create table room_ban_redactions (room_id text)");
    databases.inDendrite(
        "delete from roomserver_events",
        "update roomserver_rooms set state_snapshot_nid = 0, latest_event_nids = '{}', room_version = '12'");

    assertThat(verified().found()).containsExactly("!r:our.example: is missing");
  }

  /** A redaction takes the version away; ids of versions 1 and 2 name a server. */
  @Test
  void aCreateEventWithoutVersion() throws SQLException {
    databases.inSynapse(
        "insert into rooms values ('!r:our.example', '1', false, '@a:our.example')");
    databases.inDendrite(
        "update roomserver_event_json set event_json = replace(event_json, ',\"room_version\":\"1\"', '')",
        "update roomserver_rooms set room_version = '9'");
    assertThat(verified().found()).isEmpty();

    databases.inDendrite("update roomserver_events set event_id = '$c'");
    assertThat(verified().found())
        .containsExactly("!r:our.example: has another version than in Dendrite");
    databases.inSynapse("update rooms set room_version = '9'");
    assertThat(verified().found()).isEmpty();
  }

  @Test
  void aRoomIsInTheSameDirectories() throws SQLException {
    databases.inSynapse("insert into rooms values ('!r:our.example', '1', true, '@a:our.example')");
    databases.inDendrite(
        "insert into roomserver_published values ('!r:our.example', '', '', true),"
            + " ('!r:our.example', 'bridge', 'net', true), ('!gone', 'bridge', 'net', true),"
            + " ('!r:our.example', 'bridge', 'old', false)");

    FoundThings found = verified();
    assertThat(found.found())
        .containsExactly(
            "bridge net !r:our.example: this room of an application service is missing");
    assertThat(found.noted())
        .containsExactly(
            "bridge net !gone: this room of an application service is left out:"
                + " Synapse does not have its room");

    databases.inSynapse(
        "insert into appservice_room_list values ('bridge', 'net', '!r:our.example')",
        "update rooms set is_public = false");
    assertThat(verified().found())
        .containsExactly("!r:our.example: is in one directory of rooms only");
  }
}
