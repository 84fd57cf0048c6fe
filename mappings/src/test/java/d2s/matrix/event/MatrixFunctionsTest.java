package d2s.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import d2s.engine.extension.Functions;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixFunctionsTest {

  private static final String EVENT =
      """
      {"auth_events":[],"content":{},"depth":3,"hashes":{},"origin_server_ts":1,"prev_events":[],\
      "room_id":"!r:x","sender":"@a:x","type":"m.room.message"}""";

  private final MatrixFunctions functions = new MatrixFunctions();

  @Test
  void areFoundUnderTheirNamespace() {
    assertThat(ServiceLoader.load(Functions.class))
        .filteredOn(found -> found.namespace().equals("matrix"))
        .hasExactlyElementsOfTypes(MatrixFunctions.class);
    assertThat(functions.values()).contains(Pdu.class, RoomVersion.class);
  }

  @ParameterizedTest
  @CsvSource({
    "@alice:example.org, alice, example.org",
    "@a:example.org:8448, a, example.org:8448",
    "@a:[2001:db8::1]:8448, a, [2001:db8::1]:8448",
    "#room:example.org, room, example.org",
    "!room:example.org, room, example.org",
    "@:example.org, '', example.org",
    "alice, ,",
    "!AbC, ,",
    ":x, ,",
    "'', ,",
    ", ,"
  })
  void takeIdsApart(String id, String localpart, String domain) {
    assertThat(functions.localpart(id)).isEqualTo(localpart);
    assertThat(functions.domain(id)).isEqualTo(domain);
  }

  @Test
  void putUserIdsTogether() {
    assertThat(functions.userId("alice", "example.org:8448")).isEqualTo("@alice:example.org:8448");
    assertThat(functions.userId(null, "example.org")).isNull();
    assertThat(functions.userId("alice", null)).isNull();
  }

  @Test
  void tellLocalIdsFromRemoteOnes() {
    assertThat(functions.isLocal("@a:example.org", "example.org")).isTrue();
    assertThat(functions.isLocal("@a:example.org:8448", "example.org")).isFalse();
    assertThat(functions.isLocal(null, "example.org")).isFalse();
    assertThat(functions.isLocal("@a:example.org", null)).isFalse();
  }

  @Test
  void knowRoomVersions() {
    assertThat(functions.roomVersion("11")).isEqualTo(RoomVersion.V11);
    assertThat(functions.roomVersion("org.matrix.msc4014")).isNull();
    assertThat(functions.roomVersion(null)).isNull();
  }

  @Test
  void readEvents() {
    assertThat(functions.pdu(EVENT, "$id", "10").getSender()).isEqualTo("@a:x");
    assertThat(functions.pdu(null, "$id", "10")).isNull();
  }

  @Test
  void refuseEventsOfUnknownRoomVersions() {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> functions.pdu(EVENT, "$id", "org.matrix.msc4014"))
        .withMessage("event $id is in a room of the unknown version org.matrix.msc4014");
  }
}
