package d2s.engine.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.testing.HostileNames;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void everyKindOfValueIsRead() {
    Object value =
        Json.parse(
            """
            {"b": 1, "a": [true, false, null, "\\u00e9\\ud83d\\ude00"], "big": 9223372036854775808,
             "least": -9223372036854775808, "fraction": 1.10, "exponent": 1e2, "": {}, "b": 2}
            """);

    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("b", 2L); // the last one counts
    expected.put("a", Arrays.asList(true, false, null, "é😀"));
    expected.put("big", new BigInteger("9223372036854775808"));
    expected.put("least", Long.MIN_VALUE);
    expected.put("fraction", new BigDecimal("1.10"));
    expected.put("exponent", new BigDecimal("1e2"));
    expected.put("", Map.of());
    assertThat(value).isEqualTo(expected);
    assertThat(((Map<?, ?>) value).keySet())
        .hasToString("[b, a, big, least, fraction, exponent, ]");
    assertThat(Json.parse("null")).isNull();
    assertThat(Json.parse(" \"x\" ")).isEqualTo("x");
  }

  @Test
  void namesMayBeLongAndHaveOneHash() {
    assertThat((Map<?, ?>) Json.parse(HostileNames.ofOneHash())).hasSize(512);
    assertThat((Map<?, ?>) Json.parse(HostileNames.veryLong())).hasSize(1);
  }

  @Test
  void nothingCanBeChanged() {
    Map<?, ?> object = (Map<?, ?>) Json.parse("{\"list\": [1, {}], \"object\": {\"a\": 1}}");

    assertThatThrownBy(object::clear).isInstanceOf(UnsupportedOperationException.class);
    for (Object inner : object.values()) {
      assertThatThrownBy(
              () -> {
                if (inner instanceof List<?> list) {
                  list.remove(0);
                } else {
                  ((Map<?, ?>) inner).clear();
                }
              })
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "hunter2",
        "{\"a\": hunter2}",
        "[1, 2",
        "{\"a\": 1]",
        "1 2",
        "{} {}",
        "01",
        "'a'",
        "NaN",
        "\"unclosed hunter2"
      })
  void whatIsNotJsonIsRefusedWithoutQuotingIt(String text) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("not JSON \\(at character \\d+\\)")
        .hasNoCause();
  }

  @Test
  void thePlaceIsCountedFromOne() {
    assertThatThrownBy(() -> Json.parse("{\"a\": hunter2}"))
        .hasMessage("not JSON (at character 7)");
    assertThatThrownBy(() -> Json.parse("x")).hasMessage("not JSON (at character 1)");
  }

  @Test
  void deepNestingNeedsNoDeepStack() throws InterruptedException {
    List<Object> result = new ArrayList<>();
    Thread small =
        new Thread(
            null,
            () -> result.add(Json.parse("[".repeat(10_000) + "]".repeat(10_000))),
            "small stack",
            160 * 1024);
    small.start();
    small.join();
    assertThat(result).hasSize(1);

    assertThatThrownBy(() -> Json.parse("[".repeat(10_001) + "]".repeat(10_001)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nested too deep");
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsReadAgain(@ForAll("values") Object value) {
    assertThat(Json.parse(Json.write(value))).isEqualTo(value);
  }

  @Provide
  Arbitrary<Object> values() {
    Arbitrary<Object> plain =
        Arbitraries.oneOf(
            Arbitraries.strings().all().filter(TextFunctions::isStorable).asGeneric(),
            Arbitraries.longs().asGeneric(),
            Arbitraries.bigDecimals().asGeneric(),
            Arbitraries.of(true, false).asGeneric(),
            Arbitraries.of("", "\\", "\"", "/", "\u2028").asGeneric());
    return Arbitraries.recursive(() -> plain, JsonTest::nested, 0, 3);
  }

  private static Arbitrary<Object> nested(Arbitrary<Object> inner) {
    return Arbitraries.oneOf(
        inner.list().ofMaxSize(3).asGeneric(),
        Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), inner).ofMaxSize(3).asGeneric());
  }
}
