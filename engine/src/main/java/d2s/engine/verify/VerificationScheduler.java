package d2s.engine.verify;

import d2s.engine.concurrent.Failure;
import d2s.engine.concurrent.Threads;
import d2s.engine.extension.Verification;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Runs verifications side by side, each time on a connection to each database of its own. */
final class VerificationScheduler {

  /** More would only make the server's processors change between them. */
  private static final int MOST = 3;

  private final List<Verification> verifications;
  private final Set<String> filled;
  private final Verifier.Starting progress;
  private final int atOnce;
  private final Map<String, VerificationResult> results = new HashMap<>();
  private final Deque<Task> waiting = new ArrayDeque<>();
  private int begun;

  /** What ended the work before its end. */
  private Failure first;

  /**
   * @param filled the target tables that mappings fill
   */
  VerificationScheduler(
      List<Verification> verifications, Set<String> filled, Verifier.Starting progress) {
    this(
        verifications,
        filled,
        progress,
        Math.min(MOST, Runtime.getRuntime().availableProcessors()));
  }

  VerificationScheduler(
      List<Verification> verifications,
      Set<String> filled,
      Verifier.Starting progress,
      int atOnce) {
    this.verifications = verifications;
    this.filled = filled;
    this.progress = progress;
    this.atOnce = atOnce;
  }

  /**
   * Runs all of them.
   *
   * @param lane the connections that are there; others see what they see
   * @return one result for each, in their order
   * @throws SQLException if a database is lost, or the work was cancelled
   */
  List<VerificationResult> run(LoadedTarget lane, DataSource source, DataSource target)
      throws SQLException {
    List<Verification> able = new ArrayList<>();
    for (Verification one : verifications) {
      Optional<VerificationResult> skipped = Task.skipped(one, filled);
      if (skipped.isPresent()) {
        results.put(one.name(), skipped.get());
      } else {
        able.add(one);
      }
    }
    begun = results.size();
    waiting.addAll(Task.of(able));
    try (Lanes lanes = Lanes.of(lane, source, target, Math.min(atOnce, waiting.size()))) {
      run(lanes);
    }
    return verifications.stream().map(one -> results.get(one.name())).toList();
  }

  private void run(Lanes lanes) throws SQLException {
    List<Thread> threads = new ArrayList<>();
    for (LoadedTarget lane : lanes.all()) {
      Thread thread = new Thread(() -> work(lane), "verify " + (threads.size() + 1));
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    // Their connections are in use until they end, so even a failure waits for all of them.
    for (Thread thread : threads) {
      Threads.joinUninterruptibly(thread, () -> cancelIfOver(lanes));
    }
    Failure first = failure();
    if (first != null) {
      throw first.rethrow();
    }
  }

  /** Called again and again: between two queries there is nothing to cancel. */
  private void cancelIfOver(Lanes lanes) {
    if (failure() != null) {
      lanes.cancel();
    }
  }

  private void work(LoadedTarget lane) {
    try {
      for (Task task = next(); task != null; task = next()) {
        finished(task.run(lane));
      }
    } catch (SQLException | RuntimeException | Error e) {
      failed(e);
    }
  }

  private synchronized Task next() {
    Task task = first != null ? null : waiting.poll();
    if (task != null) {
      for (Verification one : task.verifications()) {
        progress.starting(one.name(), ++begun, verifications.size());
      }
    }
    return task;
  }

  private synchronized void finished(List<VerificationResult> done) {
    done.forEach(one -> results.put(one.name(), one));
    progress.finished(results.size(), verifications.size());
  }

  private synchronized void failed(Throwable failure) {
    if (first == null) {
      first = new Failure(failure);
    }
  }

  private synchronized Failure failure() {
    return first;
  }
}
