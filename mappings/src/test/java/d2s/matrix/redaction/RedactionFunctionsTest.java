package d2s.matrix.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionFunctionsTest {

  private static final String CREATE =
      event("m.room.create", "\"\"", "@maker:a", "{\"additional_creators\":[\"@second:a\",7]}");

  private final RedactionFunctions redaction = new RedactionFunctions();

  private static String event(String type, String stateKey, String sender, String content) {
    String key = stateKey == null ? "" : "\"state_key\":" + stateKey + ",";
    return "{\"content\":%s,\"sender\":\"%s\",%s\"type\":\"%s\"}"
        .formatted(content, sender, key, type);
  }

  private static String redactionBy(String sender) {
    return event("m.room.redaction", null, sender, "{\"redacts\":\"$t\"}");
  }

  private static String messageBy(String sender) {
    return event("m.room.message", null, sender, "{\"body\":\"x\"}");
  }

  private static String powerLevels(String content) {
    return event("m.room.power_levels", "\"\"", "@maker:a", content);
  }

  private boolean isAllowed(String sender, String power) {
    return redaction.isAllowed(redactionBy(sender), messageBy("@t:a"), power, CREATE, "11");
  }

  @Test
  void theServerOfTheTargetMayRedactItWithoutPower() {
    assertThat(isAllowed("@anybody:a", powerLevels("{}"))).isTrue();
    assertThat(isAllowed("@anybody:a:8448", powerLevels("{}"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|false",
        "{\"users\":{\"@mod:b\":50}}|true",
        "{\"users\":{\"@mod:b\":49}}|false",
        "{\"users\":{\"@mod:b\":50},\"redact\":51}|false",
        "{\"users\":{\"@mod:b\":-1},\"redact\":-1}|true",
        "{\"users_default\":60}|true",
        "{\"users_default\":60,\"users\":{\"@mod:b\":0}}|false",
        "{\"users\":{\"@mod:b\":\"50\"}}|false",
        "{\"users\":[\"@mod:b\"],\"users_default\":50}|true",
        "{\"redact\":0}|true",
      })
  void othersNeedThePowerToRedact(String content, boolean allowed) {
    assertThat(isAllowed("@mod:b", powerLevels(content))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"50|9|true", " +50 |1|true", "49|9|false", "50|10|false", "many|9|false"})
  void beforeVersion10LevelsCanBeTexts(String level, String version, boolean allowed) {
    String levels = powerLevels("{\"users\":{\"@mod:b\":\"" + level + "\"}}");
    assertThat(
            redaction.isAllowed(redactionBy("@mod:b"), messageBy("@t:a"), levels, CREATE, version))
        .isEqualTo(allowed);
  }

  @Test
  void withoutPowerLevelsTheMakerOfTheRoomMayUntilVersion11() {
    String redaction = redactionBy("@maker:a");
    String target = messageBy("@t:b");
    assertThat(this.redaction.isAllowed(redaction, target, null, CREATE, "11")).isTrue();
    assertThat(this.redaction.isAllowed(redactionBy("@second:a"), target, null, CREATE, "11"))
        .isFalse();
    // Below the default of everybody else.
    assertThat(
            this.redaction.isAllowed(
                redaction, target, powerLevels("{\"users\":{\"@maker:a\":0}}"), CREATE, "11"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"@maker:a", "@second:a"})
  void whoMadeARoomOfVersion12MayAlways(String creator) {
    String target = messageBy("@t:b");
    assertThat(redaction.isAllowed(redactionBy(creator), target, null, CREATE, "12")).isTrue();
    assertThat(
            redaction.isAllowed(
                redactionBy(creator), target, powerLevels("{\"redact\":1000}"), CREATE, "12"))
        .isTrue();
    assertThat(redaction.isAllowed(redactionBy("@x:c"), target, null, CREATE, "12")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "broken", "[]", "{}", "{\"type\":\"m.room.power_levels\"}"})
  void powerLevelsThatCannotBeReadGiveNoPower(String power) {
    assertThat(isAllowed("@mod:b", power)).isFalse();
  }

  @Test
  void powerLevelsUnderAnotherStateKeyAreNone() {
    String power = event("m.room.power_levels", "\"x\"", "@mod:b", "{\"users\":{\"@mod:b\":100}}");
    assertThat(isAllowed("@mod:b", power)).isFalse();
  }

  @Test
  void aCreateEventIsNeverRedacted() {
    String power = powerLevels("{\"users\":{\"@mod:b\":100}}");
    assertThat(redaction.isAllowed(redactionBy("@mod:b"), CREATE, power, CREATE, "11")).isFalse();
    assertThat(redaction.isAllowed(redactionBy("@x:a"), CREATE, power, CREATE, "11")).isFalse();
  }

  @Test
  void oneAllowedRedactionOfSeveralIsEnough() {
    String power = powerLevels("{\"users\":{\"@mod:b\":50}}");
    String target = messageBy("@t:a");
    List<String> redactions = List.of(redactionBy("@x:c"), redactionBy("@mod:b"));
    assertThat(redaction.isAnyAllowed(redactions, target, List.of(power, power), CREATE, "11"))
        .isTrue();
    assertThat(redaction.isAnyAllowed(redactions, target, Arrays.asList(power, null), CREATE, "11"))
        .isFalse();
    assertThat(redaction.isAnyAllowed(List.of(), target, List.of(), CREATE, "11")).isFalse();
  }
}
