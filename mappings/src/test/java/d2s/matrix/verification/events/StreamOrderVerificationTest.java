package d2s.matrix.verification.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Places that only a damaged Dendrite has. */
class StreamOrderVerificationTest {

  private static TwoServers servers;

  @BeforeAll
  static void create() throws SQLException {
    servers =
        new TwoServers(
            "create table roomserver_events (event_id text)",
            "create table roomserver_invites (invite_event_id text, retired boolean)",
            "create table syncapi_invite_events (event_id text, id bigint, deleted boolean)",
            "create table syncapi_output_room_events (event_id text, id bigint, exclude_from_sync"
                + " boolean)");
  }

  @AfterAll
  static void drop() throws SQLException {
    servers.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    servers.execute(
        """
        truncate events, event_json, rooms, roomserver_events, roomserver_invites, syncapi_invite_events,
          syncapi_output_room_events
        """);
  }

  private static void dendrite(String id, long place) throws SQLException {
    servers.execute("insert into syncapi_output_room_events values (?, ?, false)", id, place);
  }

  private static void synapse(String id, long place) throws SQLException {
    servers.execute("insert into events (event_id, stream_ordering) values (?, ?)", id, place);
  }

  private static List<String> said() throws SQLException {
    return servers.said(new StreamOrderVerification());
  }

  @Test
  void ofTwoEventsInOnePlaceOneHasLostIt() throws SQLException {
    dendrite("$one", 10);
    dendrite("$two", 10);
    dendrite("$three", 11);
    synapse("$one", 10);
    synapse("$two", -5);
    synapse("$three", 12);

    assertThat(said())
        .containsExactlyInAnyOrder(
            "note: $two has lost its place in the stream to another event that had it too",
            "$three has another place in the stream than in Dendrite");
  }

  @Test
  void anInviteWhoseEventIsLostHasItsOwnPlaceAndThatOfTheEvent() throws SQLException {
    for (String id : List.of("$a", "$b", "$c")) {
      servers.execute("insert into roomserver_invites values (?, false)", id);
    }
    servers.execute(
        "insert into syncapi_invite_events values ('$a', 21, false), ('$b', 22, false), ('$c', 23,"
            + " false)");
    dendrite("$a", 31);
    dendrite("$b", 32);
    dendrite("$c", 33);
    synapse("$a", 21);
    synapse("$b", 32);
    synapse("$c", 31);

    assertThat(said()).containsExactly("$c has another place in the stream than in Dendrite");
  }
}
