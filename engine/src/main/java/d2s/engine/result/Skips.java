package d2s.engine.result;

import java.util.ArrayList;
import java.util.List;

/** Collects what cannot be carried over. Safe for use by several threads. */
public final class Skips {

  private final boolean strict;
  private final List<Skipped> all = new ArrayList<>();

  public Skips(boolean strict) {
    this.strict = strict;
  }

  /**
   * @throws MigrationFailedException in strict mode
   */
  public void add(String mapping, String what, String reason) {
    Skipped skipped = new Skipped(mapping, what, reason);
    if (strict) {
      throw new MigrationFailedException(
          "strict: " + mapping + " cannot carry " + what + " over: " + reason, null);
    }
    synchronized (all) {
      all.add(skipped);
    }
  }

  /** What one mapping could not carry. */
  public List<Skipped> of(String mapping) {
    synchronized (all) {
      return all.stream().filter(skipped -> skipped.mapping().equals(mapping)).toList();
    }
  }

  public List<Skipped> all() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }
}
