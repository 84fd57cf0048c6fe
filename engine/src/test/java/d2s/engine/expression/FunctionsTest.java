package d2s.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.function.CoreFunctions;
import d2s.engine.function.Elements;
import d2s.engine.function.TextFunctions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The functions that every mapping file can use. */
class FunctionsTest {

  private final CoreFunctions core = new CoreFunctions();
  private final TextFunctions text = new TextFunctions();

  @Test
  void jsonOfNullIsNull() {
    assertThat(core.json(null)).isNull();
    assertThat(core.json("[1]")).isEqualTo(List.of(1L));
    assertThat(core.toJson(null)).isEqualTo("null");
    assertThat(core.toJson(Map.of("a", "/é"))).isEqualTo("{\"a\":\"/é\"}");
  }

  @Test
  void valuesOfUnknownKindBecomeWhatIsNeeded() {
    assertThat(core.asText("x")).isEqualTo("x");
    assertThat(core.asText(5L)).isNull();
    assertThat(core.asText(null)).isNull();
    assertThat((Object) core.asList(Arrays.asList(1, null))).isEqualTo(Arrays.asList(1, null));
    assertThat((Object) core.asList(new long[] {1, 2})).isEqualTo(List.of(1L, 2L));
    assertThat((Object) core.asList(new int[] {1, 2})).isEqualTo(List.of(1, 2));
    assertThat((Object) core.asList(new String[] {"a", null})).isEqualTo(Arrays.asList("a", null));
    assertThat((Object) core.asList(Map.of("a", 1))).isEqualTo(List.of(Map.entry("a", 1)));
    assertThat(core.asList("x")).isEmpty();
    assertThat(core.asList(null)).isEmpty();
  }

  @Test
  void onlyListsHaveElements() {
    assertThat((Object) Elements.of(List.of(1))).isEqualTo(List.of(1));
    assertThat((Object) Elements.of(new boolean[] {true})).isEqualTo(List.of(true));
    assertThat((Object) Elements.of("x")).isNull();
    assertThat((Object) Elements.of(5L)).isNull();
    assertThat((Object) Elements.of(null)).isNull();
  }

  @Test
  void textsAreTakenApart() {
    assertThat(text.emptyToNull("")).isNull();
    assertThat(text.emptyToNull(" ")).isEqualTo(" ");
    assertThat(text.lower("ÀI")).isEqualTo("ài");
    assertThat(text.before("a:b:c", ":")).isEqualTo("a");
    assertThat(text.before("abc", ":")).isEqualTo("abc");
    assertThat(text.after("a:b:c", ":")).isEqualTo("b:c");
    assertThat(text.after("abc", ":")).isNull();
    assertThat(text.utf8("é")).isEqualTo(new byte[] {(byte) 0xc3, (byte) 0xa9});
  }

  @Test
  void nullGivesNull() {
    assertThat(text.emptyToNull(null)).isNull();
    assertThat(text.lower(null)).isNull();
    assertThat(text.before(null, ":")).isNull();
    assertThat(text.after(null, ":")).isNull();
    assertThat(text.utf8(null)).isNull();
    assertThat(text.storable(null)).isNull();
  }

  @Property
  void aTextIsStorableIfUtf8CanHoldItWithoutZero(@ForAll String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    boolean whole = new String(bytes, StandardCharsets.UTF_8).equals(value);
    boolean expected = whole && value.indexOf('\0') < 0;

    assertThat(TextFunctions.isStorable(value)).isEqualTo(expected);
    assertThat(text.storable(value)).isEqualTo(expected ? value : null);
  }

  @Test
  void aLookupKnowsItsFirstRowOfAKey() {
    LookupTable table = new LookupTable();
    table.put(List.of("a"), 1L);
    table.put(List.of("a"), 2L);
    table.put(Arrays.asList((Object) null), 3L);
    table.put(List.of(5L), "five");
    table.put(Arrays.asList("a", null), 4L);
    table.put(List.of("a", 7L), 5L);

    assertThat(table.get("a")).isEqualTo(1L);
    assertThat(table.get(null)).isEqualTo(3L);
    // A number in an expression is an Integer, in a row a Long.
    assertThat(table.get(5)).isEqualTo("five");
    assertThat(table.has(5L)).isTrue();
    assertThat(table.has("b")).isFalse();
    assertThat(table.get("b")).isNull();
    assertThat(table.get("a", null)).isEqualTo(4L);
    assertThat(table.get("a", 7)).isEqualTo(5L);
    assertThat(table.has("a", "b")).isFalse();
  }
}
