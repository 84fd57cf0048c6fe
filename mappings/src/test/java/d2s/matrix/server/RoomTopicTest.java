package d2s.matrix.server;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.function.Json;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomTopicTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      quoteCharacter = '~',
      value = {
        "{\"topic\":\"a\"}|a",
        "{\"topic\":\"\"}|~~",
        "{\"topic\":7}|null",
        "{\"m.topic\":{\"m.text\":[{\"body\":\"b\"}]}}|null",
        "{\"topic\":\"a\",\"m.topic\":{\"m.text\":[{\"body\":\"b\"}]}}|b",
        "{\"topic\":\"a\",\"m.topic\":{\"m.text\":[{\"body\":\"<b>\",\"mimetype\":\"text/html\"}]}}|a",
        "{\"topic\":\"a\",\"m.topic\":{\"m.text\":[7,{\"body\":1},"
            + "{\"body\":\"c\",\"mimetype\":\"text/plain\"},{\"body\":\"d\"}]}}|c",
        "{\"topic\":\"a\",\"m.topic\":{\"m.text\":{}}}|a",
        "{\"topic\":\"a\",\"m.topic\":[]}|a",
      })
  void theFirstPlainTextCounts(String content, String topic) {
    assertThat(RoomTopic.plainText((Map<?, ?>) Json.parse(content))).isEqualTo(topic);
  }
}
