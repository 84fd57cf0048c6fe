package d2s.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredJsonTest {

  @Test
  void leavesTheTextAlone() {
    String json =
        EventText.message()
            .replace(
                "\"content\":{}",
                " \"content\" : {\"b\":1.50e2,\"a\":\"\\u003c\\/\\ud83d\\ude00\"}\n");

    assertThat(EventText.parse(json).getStoredJson()).isSameAs(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{}",
        "{\"age\":3,\"redacted_because\":{\"EventNID\":1},\"redacted_by\":\"$r\"}",
        "{\"age_ts\":1.5}",
        "{\"age_ts\":\"1\"}",
        "{\"replaces_state\":null}",
        "{\"invite_room_state\":{}}",
        "{\"knock_room_state\":null}"
      })
  void dropsUnsignedWhenNothingOfItIsKept(String unsigned) {
    assertThat(EventText.parse(EventText.and("unsigned", unsigned)).getStoredJson())
        .isEqualTo(EventText.message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"invite_room_state\":[{ \"a\" : 1 }]} | {\"invite_room_state\":[{ \"a\" : 1 }]}",
        "{\"prev_content\":{},\"knock_room_state\":[],\"x\":1} | {\"knock_room_state\":[]}",
        "{\"age_ts\":-5,\"age\":1,\"replaces_state\":\"$s\"} | {\"age_ts\":-5,\"replaces_state\":\"$s\"}"
      })
  void keepsWhatSynapseKeepsOfUnsigned(String unsigned, String kept) {
    assertThat(EventText.parse(EventText.and("unsigned", unsigned)).getStoredJson())
        .isEqualTo(EventText.and("unsigned", kept));
  }

  @Test
  void keepsTheStrippedStateOfAnInvite() {
    EventVector invite = EventVector.recorded(RoomVersion.V10, "invite with state");

    assertThat(invite.pdu().getStoredJson()).isEqualTo(invite.json());
    assertThat(invite.pdu().redacted().getStoredJson()).doesNotContain("invite_room_state");
  }

  @Test
  void dropsAnEventIdThatIsNotPartOfTheHash() {
    assertThat(EventText.parse(EventText.and("event_id", "\"$id\"")).getStoredJson())
        .isEqualTo(EventText.message());
  }

  @Test
  void dropsTheRoomOfACreateEventThatTheRoomIsNamedAfter() {
    String json = EventText.event("m.room.create", "", "{}");

    assertThat(Pdu.parse(json, "$id", RoomVersion.V12).getStoredJson())
        .isEqualTo(json.replace("\"room_id\":\"!room:example.org\",", ""));
    assertThat(Pdu.parse(json, "$id", RoomVersion.V11).getStoredJson()).isEqualTo(json);
  }

  @Test
  void keepsTheRawTextWhenItRedacts() {
    String levels = "{ \"users\" : {\"@a:b\": 1.50e2}, \"x\": 1,\"\\u0062an\":\"50\"}";
    String json = EventText.event("m.room.power_levels", "", levels);

    assertThat(EventText.parse(json).redacted().getStoredJson())
        .isEqualTo(
            EventText.event(
                "m.room.power_levels",
                "",
                "{\"users\" : {\"@a:b\": 1.50e2},\"\\u0062an\":\"50\"}"));
  }

  @Test
  void keepsTheSignedPartOfAnInviteFromVersion11On() {
    String invite = "{\"membership\":\"invite\",\"third_party_invite\":%s}";
    String json = EventText.event("m.room.member", "@a:b", "%s");
    String full = json.replace("%s", invite.formatted("{\"display_name\":\"x\",\"signed\":{}}"));

    assertThat(Pdu.parse(full, "$id", RoomVersion.V11).redacted().getStoredJson())
        .isEqualTo(json.replace("%s", invite.formatted("{\"signed\":{}}")));
    assertThat(Pdu.parse(full, "$id", RoomVersion.V10).redacted().getStoredJson())
        .isEqualTo(json.replace("%s", "{\"membership\":\"invite\"}"));
  }
}
