package d2s.matrix.verification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for the texts of one room, from 0 in the order of their first mention. */
public final class Interner {

  public static final int NONE = -1;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();

  public int of(String text) {
    Integer number = numbers.get(text);
    if (number == null) {
      number = texts.size();
      numbers.put(text, number);
      texts.add(text);
    }
    return number;
  }

  /** The number of a text that was mentioned before, or {@link #NONE}. */
  public int find(String text) {
    return numbers.getOrDefault(text, NONE);
  }

  public String text(int number) {
    return texts.get(number);
  }

  public int size() {
    return texts.size();
  }
}
