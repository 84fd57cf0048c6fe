package d2s.matrix.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {

  @Test
  void readsAnObject() {
    assertThat(EventJson.read(" {\"a\":1} ").path("a").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "null", "{", "{} {}", "{}x"})
  void nothingElseIsOne(String json) {
    assertThat(EventJson.read(json)).isNull();
  }

  @Test
  void aTextIsAString() {
    ObjectNode object = EventJson.read("{\"a\":\"x\",\"b\":1,\"c\":null,\"d\":\"x\\u0000\"}");

    assertThat(EventJson.text(object, "a")).isEqualTo("x");
    assertThat(EventJson.text(object, "b")).isNull();
    assertThat(EventJson.text(object, "c")).isNull();
    assertThat(EventJson.text(object, "none")).isNull();
    assertThat(EventJson.text(object, "d")).isEqualTo("x\0");
  }

  @Test
  void aStringWithNulCannotBeStored() {
    ObjectNode object =
        EventJson.read("{\"a\":\"x\",\"b\":1,\"d\":\"x\\u0000\",\"e\":\"\\u0000\"}");

    assertThat(EventJson.storable(object, "a")).isEqualTo("x");
    assertThat(EventJson.storable(object, "b")).isNull();
    assertThat(EventJson.storable(object, "d")).isNull();
    assertThat(EventJson.storable(object, "e")).isNull();
  }

  @Test
  void referencesAreIdsOrPairs() {
    ObjectNode event =
        EventJson.read("{\"prev_events\":[\"$a\",[\"$b\",{\"sha256\":\"x\"}],\"$a\",[\"$b\",{}]]}");

    assertThat(EventJson.references(event, "prev_events")).isEqualTo(List.of("$a", "$b"));
    assertThat(EventJson.references(event, "auth_events")).isEmpty();
  }
}
