package d2s.engine.run;

import java.util.ArrayList;
import java.util.List;

/** Collects what cannot be carried over. Safe for use by several threads. */
final class Skips {

  private final boolean strict;
  private final List<Skipped> all = new ArrayList<>();

  Skips(boolean strict) {
    this.strict = strict;
  }

  /**
   * @throws RunFailed in strict mode
   */
  void add(String mapping, String what, String reason) {
    Skipped skipped = new Skipped(mapping, what, reason);
    if (strict) {
      throw new RunFailed(
          "strict: " + mapping + " cannot carry " + what + " over: " + reason, null);
    }
    synchronized (all) {
      all.add(skipped);
    }
  }

  /** What one mapping could not carry. */
  List<Skipped> of(String mapping) {
    synchronized (all) {
      return all.stream().filter(skipped -> skipped.mapping().equals(mapping)).toList();
    }
  }

  List<Skipped> all() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }
}
