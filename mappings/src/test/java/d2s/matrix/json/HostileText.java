package d2s.matrix.json;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts that stand where JSON is meant. */
public final class HostileText {

  private HostileText() {}

  /** Any JSON, JSON that was cut or changed at one place, and any text. */
  public static Arbitrary<String> jsonLike() {
    return jsonLike(RandomJson.values());
  }

  /** As a column can hold it; escaped, everything is possible. */
  private static String storable(String text) {
    return text.replace("\0", "\\u0000").replaceAll("[\\ud800-\\udfff]", "\\\\ud83d");
  }

  /** The same of these values. */
  public static Arbitrary<String> jsonLike(Arbitrary<?> values) {
    Arbitrary<String> json =
        Combinators.combine(values, Arbitraries.longs())
            .as((value, seed) -> RandomJson.write(value, new Random(seed)));
    Arbitrary<String> cut =
        Combinators.combine(json, Arbitraries.doubles().between(0, 1))
            .as((text, part) -> text.substring(0, (int) (text.length() * part)));
    Arbitrary<String> changed =
        Combinators.combine(
                json,
                Arbitraries.doubles().between(0, 1),
                Arbitraries.of("\\u0000", "\\ud83d", "\"", "}"))
            .as(
                (text, part, odd) -> {
                  int at = (int) (text.length() * part);
                  return text.substring(0, at) + odd + text.substring(at);
                });
    return Arbitraries.oneOf(json, json, cut, changed, Arbitraries.strings().ofMaxLength(40))
        .map(HostileText::storable);
  }
}
