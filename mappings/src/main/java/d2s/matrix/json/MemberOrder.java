package d2s.matrix.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The members of one object while they are written: notices whether they come sorted by the code
 * points of their names, as they nearly always do, and sorts them if they do not.
 */
final class MemberOrder {

  /** UTF-16 sorts characters beyond U+FFFF before some others; code points do not. */
  static final Comparator<String> BY_CODE_POINT = MemberOrder::compare;

  private final StringBuilder out;
  private final List<String> names = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private boolean sorted = true;

  MemberOrder(StringBuilder out) {
    this.out = out;
  }

  /** Called before a member is written. */
  void start(String name) {
    int last = names.size() - 1;
    if (last >= 0) {
      sorted &= compare(names.get(last), name) < 0;
      out.append(',');
    }
    names.add(name);
    starts.add(out.length());
  }

  /** Called after the last member: puts them in order, and keeps the last of each name. */
  void finish() {
    if (sorted) {
      return;
    }
    TreeMap<String, String> members = new TreeMap<>(BY_CODE_POINT);
    for (int i = 0; i < names.size(); i++) {
      int end = i + 1 < names.size() ? starts.get(i + 1) - 1 : out.length();
      members.put(names.get(i), out.substring(starts.get(i), end));
    }
    out.setLength(starts.get(0));
    out.append(String.join(",", members.values()));
  }

  private static int compare(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        // Surrogates stand for what comes after all other characters.
        return Character.isSurrogate(a) == Character.isSurrogate(b)
            ? Character.compare(a, b)
            : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}
