package d2s.matrix.server;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.event.Pdu;
import d2s.matrix.event.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchFunctionsTest {

  private final SearchFunctions search = new SearchFunctions();

  private static Pdu pdu(String type, String content) {
    String event =
        "{\"auth_events\":[],\"content\":%s,\"depth\":1,\"hashes\":{},\"origin_server_ts\":1,"
            + "\"prev_events\":[],\"room_id\":\"!r:x\",\"sender\":\"@a:x\",\"state_key\":\"\","
            + "\"type\":\"%s\"}";
    return Pdu.parse(event.formatted(content, type), "$e", RoomVersion.of("10").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "m.room.message|{\"body\":\"hello ü\",\"msgtype\":\"m.text\"}|content.body|hello ü",
        "m.room.message|{\"body\":7}|content.body|null",
        "m.room.message|{}|content.body|null",
        "m.room.name|{\"name\":\"Room\",\"body\":\"no\"}|content.name|Room",
        "m.room.topic|{\"topic\":\"t\"}|content.topic|t",
        "m.room.encrypted|{\"body\":\"no\"}|null|null",
      })
  void wordsOfMessagesNamesAndTopics(String type, String content, String key, String text) {
    assertThat(search.key(pdu(type, content))).isEqualTo(key);
    assertThat(search.text(pdu(type, content))).isEqualTo(text);
  }

  @Test
  void whatAColumnCannotHoldIsASpace() {
    assertThat(search.text(pdu("m.room.message", "{\"body\":\"a\\u0000b 😀 \\u0000\"}")))
        .isEqualTo("a b 😀  ");
    assertThat(search.text(pdu("m.room.topic", "{\"topic\":\"a\\u0000b\"}"))).isEqualTo("a b");
  }

  @Test
  void displayNamesAreFoundInAnyLettering() {
    assertThat(search.displayName("ÄRGER Ⓐ ﬁx")).isEqualTo("ärger a fix");
    assertThat(search.displayName(null)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"max_lifetime\":1000}|true",
        "{\"min_lifetime\":1,\"max_lifetime\":2}|true",
        "{\"min_lifetime\":1,\"max_lifetime\":2.0}|false",
        "{\"max_lifetime\":null}|false",
        "{}|false",
      })
  void aRetentionHasIntegersOnly(String content, boolean retention) {
    ServerFunctions server = new ServerFunctions();
    assertThat(server.isRetention(pdu("m.room.retention", content))).isEqualTo(retention);
    assertThat(server.isRetention(pdu("m.room.name", content))).isFalse();
    if (retention) {
      assertThat(server.lifetime(pdu("m.room.retention", content), "max_lifetime")).isPositive();
    }
  }
}
