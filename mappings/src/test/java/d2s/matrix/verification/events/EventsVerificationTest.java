package d2s.matrix.verification.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that only a damaged Dendrite has, in rooms of version 1, where an event says its id. */
class EventsVerificationTest {

  private static final String LEFT_OUT =
      "is left out: its JSON is lost, or Synapse could not read or index it";

  private static TwoServers servers;

  @BeforeAll
  static void create() throws SQLException {
    servers =
        new TwoServers(
            "create table roomserver_rooms (room_nid bigint, room_id text, room_version text)",
            """
            create table roomserver_events (event_nid bigint, event_id text, room_nid bigint,
              is_rejected boolean default false, sent_to_output boolean default true,
              state_snapshot_nid bigint default 1)
            """,
            "create table syncapi_output_room_events (event_id text)",
            "create table roomserver_event_json (event_nid bigint, event_json text)",
            "create table roomserver_invites (invite_event_id text, retired boolean)",
            """
            create table roomserver_redactions (redaction_event_id text, redacts_event_id text, validated boolean)
            """,
            "create table redactions (redacts text)");
  }

  @AfterAll
  static void drop() throws SQLException {
    servers.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    servers.execute(
        """
        truncate roomserver_rooms, roomserver_events, roomserver_event_json, roomserver_invites,
          roomserver_redactions, rooms, events, event_json, redactions
        """);
    servers.execute("insert into roomserver_rooms values (1, '!room', '1'), (2, '!other', '1')");
    servers.execute("insert into rooms values ('!room', '1'), ('!other', '1')");
  }

  private static String json(String id, String content) {
    return """
    {"auth_events":[],"content":%s,"depth":1,"event_id":"%s","hashes":{"sha256":"aGFzaA"},\
    "origin_server_ts":1,"prev_events":[],"room_id":"!room","sender":"@a:our.example",\
    "signatures":{},"type":"m.room.message"}\
    """
        .formatted(content, id);
  }

  /** Null for no JSON. */
  private static void dendrite(long nid, String id, long room, String json) throws SQLException {
    servers.execute("insert into roomserver_events values (?, ?, ?)", nid, id, room);
    if (json != null) {
      servers.execute("insert into roomserver_event_json values (?, ?)", nid, json);
    }
  }

  private static void synapse(String id, String room, String json) throws SQLException {
    servers.execute("insert into events (event_id, room_id) values (?, ?)", id, room);
    servers.execute("insert into event_json values (?, ?, ?, 1, '{}')", id, json, room);
  }

  private static List<String> said() throws SQLException {
    return servers.said(new EventsVerification());
  }

  @Test
  void anEventOfARoomThatIsThereTwiceMayBeLeftOut() throws SQLException {
    servers.execute("insert into roomserver_rooms values (3, '!room', '1')");
    dendrite(4, "$first", 1, json("$first", "{}"));
    dendrite(5, "$second", 3, json("$second", "{}"));

    assertThat(said())
        .containsExactlyInAnyOrder(
            "$first is missing", "note: $second is left out: Dendrite has its room more than once");
  }

  @Test
  void anEventOfWhichNothingIsLeftMayBeLeftOutAndCannotBeThere() throws SQLException {
    dendrite(4, "$lost", 1, null);
    dendrite(5, "$there", 1, null);
    synapse("$there", "!room", json("$there", "{}"));

    assertThat(said())
        .containsExactlyInAnyOrder(
            "note: $lost " + LEFT_OUT,
            "$there Dendrite holds nothing of it that could be carried over");
  }

  @Test
  void anEventUnderAnImpossibleNumberMayBeLeftOut() throws SQLException {
    for (long nid : new long[] {-1, 0, 1, (1L << 53) - 1, 1L << 53}) {
      dendrite(nid, "$" + nid, 1, json("$" + nid, "{}"));
    }

    String impossible = " is left out: Dendrite has it under a number that no event can have";
    assertThat(said())
        .containsExactlyInAnyOrder(
            "note: $-1" + impossible,
            "note: $0" + impossible,
            "$1 is missing",
            "$9007199254740991 is missing",
            "note: $9007199254740992" + impossible);
  }

  @Test
  void ofTwoEventsUnderOneNumberEachIsLookedAt() throws SQLException {
    dendrite(7, "$one", 1, json("$one", "{}"));
    dendrite(7, "$two", 1, null);

    assertThat(said()).containsExactlyInAnyOrder("$one is missing", "note: $two " + LEFT_OUT);
  }

  @Test
  void ofAnEventThatIsThereTwiceTheOneOfTheSameRoomCounts() throws SQLException {
    String json = json("$twice", "{}");
    dendrite(4, "$twice", 2, json);
    dendrite(5, "$twice", 1, json);
    synapse("$twice", "!room", json);
    dendrite(6, "$again", 1, json("$again", "{}"));
    dendrite(7, "$again", 2, json("$again", "{}"));
    synapse("$again", "!room", json("$again", "{}"));

    assertThat(said()).isEmpty();
  }

  @Test
  void ofAnEventThatIsThereTwiceTheOneOfTheSameContentCounts() throws SQLException {
    for (String id : List.of("$a", "$b")) {
      boolean first = id.equals("$a");
      dendrite(first ? 4 : 6, id, 1, json(id, first ? "{}" : "{\"body\":\"b\"}"));
      dendrite(first ? 5 : 7, id, 1, json(id, first ? "{\"body\":\"b\"}" : "{}"));
      synapse(id, "!room", json(id, "{\"body\":\"b\"}"));
    }

    assertThat(said()).isEmpty();
  }

  @Test
  void ofAnEventThatIsThereTwiceNoneIsInSynapse() throws SQLException {
    dendrite(4, "$twice", 1, json("$twice", "{}"));
    dendrite(5, "$twice", 1, json("$twice", "{}"));

    assertThat(said()).containsExactly("$twice is missing");
  }

  /** Dendrite has redacted it, but has its content yet. */
  private static void redacted(String id, String redaction) throws SQLException {
    dendrite(4, id, 1, json(id, "{\"body\":\"deleted\"}"));
    dendrite(5, "$redaction", 1, redaction);
    servers.execute("insert into roomserver_redactions values ('$redaction', ?, true)", id);
    if (redaction != null) {
      synapse("$redaction", "!room", redaction);
    }
  }

  private static String redactionOf(String id) {
    return json("$redaction", "{}")
        .replace("\"sender\"", "\"redacts\":\"" + id + "\",\"sender\"")
        .replace("m.room.message", "m.room.redaction");
  }

  @Test
  void whatWasRedactedMustNotBeThere() throws SQLException {
    redacted("$one", redactionOf("$one"));
    synapse("$one", "!room", json("$one", "{\"body\":\"deleted\"}"));

    assertThat(said()).containsExactly("$one was redacted, but its content is there");
  }

  @Test
  void whatWasRedactedIsPruned() throws SQLException {
    redacted("$one", redactionOf("$one"));
    synapse("$one", "!room", json("$one", "{}"));

    assertThat(said()).isEmpty();
  }

  @Test
  void whatWasRedactedHasNoOtherContent() throws SQLException {
    redacted("$one", redactionOf("$one"));
    synapse("$one", "!room", json("$one", "{\"body\":\"other\"}"));

    assertThat(said()).containsExactly("$one its content is not that in Dendrite");
  }

  @Test
  void aRedactionOfAnotherEventIsNone() throws SQLException {
    redacted("$one", redactionOf("$other"));
    synapse("$one", "!room", json("$one", "{\"body\":\"deleted\"}"));

    assertThat(said()).isEmpty();
  }

  @Test
  void aRedactionThatIsLostIsBelieved() throws SQLException {
    redacted("$one", null);
    synapse("$one", "!room", json("$one", "{\"body\":\"deleted\"}"));

    assertThat(said())
        .containsExactlyInAnyOrder(
            "$one was redacted, but its content is there", "note: $redaction " + LEFT_OUT);
  }

  @Test
  void aFlagThatSaysNoIsNone() throws SQLException {
    dendrite(4, "$event", 1, json("$event", "{}"));
    synapse("$event", "!room", json("$event", "{}"));
    for (String metadata :
        new String[] {"{}", "{\"soft_failed\":false}", "{\"x\":\"soft_failed\"}"}) {
      servers.execute("update event_json set internal_metadata = ?", metadata);
      assertThat(said()).as(metadata).isEmpty();
    }

    servers.execute("update event_json set internal_metadata = '{\"soft_failed\":true}'");
    assertThat(said())
        .containsExactly("$event is kept from clients by one of the two servers only");
  }
}
