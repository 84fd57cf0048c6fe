package d2s.engine.step;

import d2s.engine.concurrent.Failure;
import d2s.engine.concurrent.Threads;
import d2s.engine.index.IndexBuilder;
import d2s.engine.plan.Plan;
import d2s.engine.plan.Step;
import d2s.engine.result.StepResult;
import d2s.engine.sql.SharedConnection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the steps of a plan, several at a time: each as soon as all that it waits for are over,
 * those first that most others wait for. What comes out is what one after the other would give.
 */
public final class StepScheduler {

  private static final long CANCEL_MILLIS = 500;

  /** Many wait for a step if one in so many does. */
  private static final int MANY = 3;

  private final Plan plan;
  private final List<Step> waiting;
  private final Map<String, Set<String>> waitsFor = new HashMap<>();
  private final Map<String, Integer> howManyWait;
  private final Map<String, StepResult> done = new LinkedHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Set<String> running = new HashSet<>();
  private int stepThreads;
  private boolean hasEnded;
  private final Runnable cancel;
  private final IndexBuilder indexes;
  private Failure failure;
  private Failure consequence;

  /** Makes the run of a step on one of several connections to the source. */
  @FunctionalInterface
  public interface Starter {
    StepExecution start(Step step, SharedConnection source);
  }

  /** What is still to be asked of the source, whatever the steps make of it. */
  @FunctionalInterface
  public interface Afterwards {
    void ask(SharedConnection source) throws SQLException;
  }

  /**
   * @param indexes is told when steps end, and works beside them
   * @param cancel ends what the databases are doing; called when a step has failed
   */
  public StepScheduler(Plan plan, IndexBuilder indexes, Runnable cancel) {
    this.plan = plan;
    this.waiting = new ArrayList<>(plan.steps());
    plan.steps().forEach(step -> waitsFor.put(step.name(), plan.waitsFor(step)));
    this.howManyWait = plan.howManyWait();
    this.indexes = indexes;
    this.cancel = cancel;
  }

  /**
   * @param sources one for each step that may run at a time
   * @param afterwards happens once, when a connection is not needed for steps any more
   * @return the results in the order of the plan
   * @throws SQLException what the first step to fail has thrown, as are unchecked exceptions; no
   *     step runs any more then
   */
  public List<StepResult> run(
      List<SharedConnection> sources, Starter starter, Afterwards afterwards) throws SQLException {
    stepThreads = sources.size();
    for (SharedConnection source : sources) {
      add("steps " + (threads.size() + 1), () -> work(source, starter, afterwards));
    }
    add("indexes", () -> indexes.work(this::wakeAll));
    threads.forEach(Thread::start);
    join();
    throwIfFailed();
    return plan.steps().stream().map(step -> done.get(step.name())).toList();
  }

  /** What a thread does until there is nothing left to do. */
  @FunctionalInterface
  private interface Work {
    public void run() throws SQLException, InterruptedException;
  }

  private void add(String name, Work work) {
    Thread thread = new Thread(() -> runAndTell(work), name);
    thread.setDaemon(true);
    threads.add(thread);
  }

  private void runAndTell(Work work) {
    try {
      work.run();
    } catch (SQLException | RuntimeException | Error e) {
      if (isConsequence(e)) {
        endFor(e);
      } else {
        fail(e);
      }
    } catch (InterruptedException e) {
      // Another has failed, and its failure is the one to tell of.
      Thread.currentThread().interrupt();
    }
  }

  private void work(SharedConnection source, Starter starter, Afterwards afterwards)
      throws SQLException, InterruptedException {
    boolean first;
    try {
      runSteps(source, starter);
    } finally {
      first = stepThreadEnds();
    }
    if (first) {
      afterwards.ask(source);
    }
  }

  private void runSteps(SharedConnection source, Starter starter)
      throws SQLException, InterruptedException {
    for (Step step = next(); step != null; step = next()) {
      StepResult result;
      try (StepExecution run = starter.start(step, source)) {
        result = run.run();
      }
      ended(step, result);
    }
  }

  private synchronized void ended(Step step, StepResult result) {
    done.put(step.name(), result);
    running.remove(step.name());
    indexes.ended(step);
    notifyAll();
  }

  /** Whether it is the first one to end, and nothing has failed. */
  private synchronized boolean stepThreadEnds() {
    stepThreads--;
    if (stepThreads == 0) {
      indexes.noMoreSteps();
    }
    boolean first = !hasEnded;
    hasEnded = true;
    return first && !isOver();
  }

  private synchronized void wakeAll() {
    notifyAll();
  }

  /** The next step that may begin; null if all have begun, or the run has failed. */
  private synchronized Step next() throws InterruptedException {
    while (!isOver() && !waiting.isEmpty()) {
      Optional<Step> next =
          waiting.stream()
              .filter(this::mayBegin)
              .max(Comparator.comparingInt(step -> howManyWait.get(step.name())));
      if (next.isPresent()) {
        waiting.remove(next.get());
        running.add(next.get().name());
        return next.get();
      }
      wait();
    }
    return null;
  }

  private boolean mayBegin(Step step) {
    return done.keySet().containsAll(waitsFor.get(step.name()))
        && indexes.isReadyFor(step)
        && !holdsBack(step);
  }

  /**
   * A step that no other waits for would take the processors from one that many wait for. It has
   * its time while indexes are made, which is what remains to be done in the end.
   */
  private boolean holdsBack(Step step) {
    return howManyWait.get(step.name()) == 0
        && running.stream().anyMatch(one -> howManyWait.get(one) > plan.steps().size() / MANY);
  }

  private synchronized boolean hasFailed() {
    return failure != null;
  }

  private boolean isOver() {
    return failure != null || consequence != null;
  }

  private static boolean isConsequence(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused && SharedConnection.isConsequence(refused)) {
        return true;
      }
    }
    return false;
  }

  /** Begins no more steps; the one that has the failure itself is about to tell of it. */
  private synchronized void endFor(Throwable thrown) {
    consequence = new Failure(thrown);
    notifyAll();
  }

  private void fail(Throwable thrown) {
    synchronized (this) {
      if (failure != null) {
        return;
      }
      failure = new Failure(thrown);
      notifyAll();
    }
    Set<Thread> others = new HashSet<>(threads);
    others.remove(Thread.currentThread());
    others.forEach(Thread::interrupt);
    cancel.run();
  }

  private void join() {
    for (Thread thread : threads) {
      Threads.awaitUninterruptibly(() -> hasEnded(thread));
    }
  }

  private boolean hasEnded(Thread thread) throws InterruptedException {
    try {
      thread.join(CANCEL_MILLIS);
    } catch (InterruptedException e) {
      fail(new SQLException("interrupted", e));
      throw e;
    }
    if (hasFailed()) {
      // What was only about to be asked at the first time is being asked now.
      cancel.run();
    }
    return !thread.isAlive();
  }

  private synchronized void throwIfFailed() throws SQLException {
    if (failure != null) {
      throw failure.rethrow();
    } else if (consequence != null) {
      throw consequence.rethrow();
    }
  }
}
