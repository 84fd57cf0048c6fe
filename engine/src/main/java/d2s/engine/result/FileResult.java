package d2s.engine.result;

import java.time.Duration;
import java.util.List;

/**
 * What a run did that copied files only.
 *
 * @param skipped rows whose files cannot be carried over
 */
public record FileResult(List<StoreResult> stores, List<Skipped> skipped, Duration elapsed) {

  /** How many files could not be carried over. */
  public long failures() {
    return skipped.size() + stores.stream().mapToLong(StoreResult::failures).sum();
  }
}
