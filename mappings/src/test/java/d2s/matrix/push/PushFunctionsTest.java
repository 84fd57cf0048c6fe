package d2s.matrix.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushFunctionsTest {

  private final PushFunctions push = new PushFunctions();

  @Test
  void onlyTheActionsAreRead() {
    assertThat(
            push.actions(
                null,
                "{\"profile_tag\":\"\\\"actions\\\":1\",\"x\":{\"actions\":7},"
                    + "\"actions\":[\"notify\",{\"set_tweak\":\"sound\",\"value\":\"ü\"}],"
                    + "\"event\": broken"))
        .isEqualTo("[\"notify\",{\"set_tweak\":\"sound\",\"value\":\"ü\"}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"actions\":[]}|[]",
        "{\"actions\":[\"dont_notify\",\"shout\"]}|[\"dont_notify\"]",
        "{\"actions\":{}}|[\"notify\"]",
        "{\"event\":{}}|[\"notify\"]",
        "[1]|[\"notify\"]",
        "broken|[\"notify\"]",
      })
  void whatCannotBeReadNotifies(String notification, String actions) {
    assertThat(push.actions(null, notification)).isEqualTo(actions);
  }
}
