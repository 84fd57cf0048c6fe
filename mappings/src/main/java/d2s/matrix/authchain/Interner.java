package d2s.matrix.authchain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives each different text a number, 0, 1, 2 … in the order in which they come. */
final class Interner {
  static final int UNKNOWN = -1;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();

  /** The number of a text, a new one if it has none yet. */
  int number(String text) {
    Integer known = numbers.putIfAbsent(text, texts.size());
    if (known != null) {
      return known;
    }
    texts.add(text);
    return texts.size() - 1;
  }

  /** The number of a text, or {@link #UNKNOWN}. */
  public int find(String text) {
    return numbers.getOrDefault(text, UNKNOWN);
  }

  public String text(int number) {
    return texts.get(number);
  }

  public int size() {
    return texts.size();
  }
}
