package d2s.matrix.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonPropertyTest {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  @Provide
  Arbitrary<Object> values() {
    return RandomJson.values();
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    return RandomJson.objects();
  }

  @Property
  void slicesAreTheMembersAndPutTogetherTheyAreTheObject(
      @ForAll("objects") Map<String, Object> value, @ForAll Random random) throws Exception {
    String text = RandomJson.write(value, random);

    JsonSlices slices = JsonCursor.object(text);

    JsonNode parsed = MAPPER.readTree(text);
    StringBuilder together = new StringBuilder("{");
    for (int i = 0; i < slices.size(); i++) {
      assertThat(MAPPER.readTree(slices.raw(slices.name(i)))).isEqualTo(parsed.get(slices.name(i)));
      slices.appendMember(i, together.append(i == 0 ? "" : ","));
    }
    assertThat(slices.size()).isEqualTo(value.size());
    assertThat(slices.hasRepeatedNames()).isFalse();
    assertThat(MAPPER.readTree(together.append('}').toString())).isEqualTo(parsed);
    value.forEach(
        (name, member) ->
            assertThat(slices.text(name)).isEqualTo(member instanceof String ? member : null));
  }

  @Property
  void canonicalFormIsTheSameForAllTextsOfAValue(
      @ForAll("values") Object value, @ForAll Random one, @ForAll Random other) {
    String canonical = CanonicalJson.of(RandomJson.write(value, one));

    assertThat(CanonicalJson.of(RandomJson.write(value, other))).isEqualTo(canonical);
    assertThat(CanonicalJson.of(canonical)).isEqualTo(canonical);
  }

  @Property
  void canonicalFormMeansTheValue(@ForAll("values") Object value, @ForAll Random random)
      throws Exception {
    String text = RandomJson.write(value, random);
    ObjectMapper doubles = new ObjectMapper();

    assertThat(doubles.readTree(CanonicalJson.of(text))).isEqualTo(doubles.readTree(text));
    assertThat(JsonValues.of(CanonicalJson.withNumbersAsWritten(text)))
        .isEqualTo(JsonValues.of(text));
  }

  @Property
  void membersAreSortedByCodePoint(@ForAll String one, @ForAll String other) {
    int byCodePoint = Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

    assertThat(Integer.signum(MemberOrder.BY_CODE_POINT.compare(one, other)))
        .isEqualTo(Integer.signum(byCodePoint));
  }

  @Property
  void floatsMeanTheNumberAndAreNoLongerThanJavasForm(@ForAll double number) {
    String text = FloatText.of(number);

    assertThat(Double.parseDouble(text)).isEqualTo(number);
    assertThat(digits(text)).isLessThanOrEqualTo(digits(Double.toString(number)));
  }

  private static int digits(String text) {
    String digits = text.toLowerCase(Locale.ROOT).replaceAll("e.*|[.-]", "");
    return digits.replaceAll("^0+|0+$", "").length();
  }

  @Property
  void halfAPairIsFoundHoweverTheTextIsEscaped(@ForAll("fragments") List<String> fragments) {
    String json = "\"" + String.join("", fragments) + "\"";

    assertThat(PostgresText.escapesHalfAPair(json))
        .isEqualTo("half of a surrogate pair".equals(defectWithoutNul(JsonCursor.text(json))));
  }

  private static String defectWithoutNul(String text) {
    return PostgresText.defect(text.replace('\0', ' '));
  }

  @Provide
  Arbitrary<List<String>> fragments() {
    return Arbitraries.of(
            "a", "\\ud83d", "\\uDE00", "\\\\", "\\n", "\\u0041", "ud83d", "😀", "\\u0000")
        .list()
        .ofMaxSize(6);
  }
}
