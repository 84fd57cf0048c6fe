package d2s.engine.run;

import d2s.engine.result.Progress;
import d2s.engine.result.StepResult;
import java.sql.SQLException;

/** Does something when a mapping starts, for tests. */
final class ProgressOf implements Progress {

  private final String mapping;
  private final Action action;

  /** What is done. */
  @FunctionalInterface
  interface Action {
    void run() throws SQLException;
  }

  private ProgressOf(String mapping, Action action) {
    this.mapping = mapping;
    this.action = action;
  }

  /** Acts before this mapping reads or writes anything. */
  static Progress before(String mapping, Action action) {
    return new ProgressOf(mapping, action);
  }

  @Override
  public void starting(String phase, String starting, long estimatedRows) {
    if (starting.equals(mapping)) {
      try {
        action.run();
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void advanced(String mapping, long rowsRead) {}

  @Override
  public void finished(StepResult step) {}

  @Override
  public void note(String text) {}
}
