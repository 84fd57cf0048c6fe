package d2s.matrix.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "0",
        "-1",
        "[12345678901234567890,true,false,null,\"é😀\u007f\u2028\"]",
        "{\"\":1,\"a\":{\"b\":[{},[]]},\"a!\":2,\"ab\":3}",
        "{\"auth_events\":[\"$a\"],\"content\":{\"body\":\"hé\"},\"depth\":7,\"type\":\"m.room.message\"}"
      })
  void knowsWhatEventsAreMadeOf(String json) {
    assertThat(CanonicalText.isCanonical(json)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " {}",
        "{} ",
        "[1, 2]",
        "{\"a\" :1}",
        "{\"b\":1,\"a\":2}",
        "{\"a\":1,\"a\":2}",
        "{\"ab\":1,\"a\":2}",
        "[\"\\n\"]",
        "[\"\t\"]",
        "-0",
        "01",
        "-",
        "1.0",
        "1e3",
        "[1,]",
        "{,}",
        "{\"a\":}",
        "{\"a\"}",
        "{a:1}",
        "[",
        "{",
        "\"",
        "tru",
        "nullx",
        "[1]2",
        "{\"a\":1",
        "+1"
      })
  void saysNoToAllElse(String json) {
    assertThat(CanonicalText.isCanonical(json)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 49, 60, 100_000})
  void leavesDeepNestingToOthers(int levels) {
    assertThat(CanonicalText.isCanonical("[".repeat(levels) + "]".repeat(levels)))
        .isEqualTo(levels < 50);
  }

  @Property(tries = 10_000)
  void whatItTakesIsCanonical(@ForAll("fragments") List<String> fragments) {
    assertTakesOnlyWhatIsCanonical(String.join("", fragments));
  }

  @Property
  void ofATextWithAChangeTooWhatItTakesIsCanonical(
      @ForAll("objects") Map<String, Object> object, @ForAll Random random) {
    String json = CanonicalJson.withNumbersAsWritten(RandomJson.write(object, random));
    assertTakesOnlyWhatIsCanonical(json);

    StringBuilder changed = new StringBuilder(json);
    changed.setCharAt(random.nextInt(json.length()), json.charAt(random.nextInt(json.length())));
    assertTakesOnlyWhatIsCanonical(changed.toString());
  }

  /** The other way of writing a canonical text does not ask this class. */
  private static void assertTakesOnlyWhatIsCanonical(String json) {
    if (CanonicalText.isCanonical(json)) {
      assertThat(CanonicalJson.withNumbersAsWritten(json)).isEqualTo(json);
    }
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    return RandomJson.objects();
  }

  @Provide
  Arbitrary<List<String>> fragments() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "\"b\":",
            "\"",
            "a",
            "1",
            "-0",
            "0",
            "-",
            ".5",
            "true",
            "null",
            " ",
            "\\",
            "{\"a\":1}",
            "[1,2]",
            "\"é\":")
        .list()
        .ofMaxSize(9);
  }
}
