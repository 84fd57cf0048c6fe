package d2s.generator.random;

import java.util.ArrayList;
import java.util.List;

/** A language of made-up words, in which few words are frequent and most are rare. */
public final class Words {
  private static final int SIZE = 20_000;
  private static final String[] SYLLABLES = {
    "ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "xi", "yo", "zu", "an",
    "el", "in", "or", "us", "ste", "tri", "pla", "gro", "schu", "ä", "ö", "é"
  };

  private final Chance chance;
  private final List<String> words = new ArrayList<>(SIZE);

  public Words(Chance chance) {
    this.chance = chance;
    for (int i = 0; i < SIZE; i++) {
      StringBuilder word = new StringBuilder();
      int syllables = 1 + Math.min(4, Integer.numberOfTrailingZeros(SIZE / (i + 1) + 1) + i % 3);
      for (int s = 0; s < syllables; s++) {
        word.append(SYLLABLES[chance.below(SYLLABLES.length)]);
      }
      words.add(word.toString());
    }
  }

  public String word() {
    double x = chance.fraction();
    return words.get((int) (SIZE * x * x * x));
  }

  public String sentence(int count) {
    StringBuilder text = new StringBuilder(count * 7);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        text.append(' ');
      }
      text.append(word());
    }
    return text.toString();
  }
}
