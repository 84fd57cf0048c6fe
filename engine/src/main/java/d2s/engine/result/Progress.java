package d2s.engine.result;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Is told how a run goes on. Called from several threads: steps run side by side. */
public interface Progress {

  /**
   * The load is about to begin.
   *
   * @param mappings how many steps each phase has
   */
  default void planned(Map<String, Integer> mappings) {}

  /**
   * A step begins.
   *
   * @param estimatedRows how many source rows it will read, roughly; -1 if unknown
   */
  void starting(String phase, String mapping, long estimatedRows);

  /** So many source rows of a step have been read. Called every few thousand rows. */
  void advanced(String mapping, long rowsRead);

  void finished(StepResult step);

  /** An index or a key of a table is being made. */
  default void building(String table) {}

  /** It is made. */
  default void built(String table) {}

  /** All of them are made. */
  default void built() {}

  /**
   * The files of a store are about to be carried over.
   *
   * @param expectedBytes how much that is, roughly; -1 if unknown
   */
  default void startingFiles(String store, long expectedBytes) {}

  /** So much of the current store was dealt with. Called a few times a second. */
  default void copied(long files, long bytes) {}

  default void finishedFiles(StoreResult result) {}

  /** It is being found out whether anything stands in the way of the run. */
  default void checking() {}

  /** Nothing stands in the way of the run; warnings may be among the results. */
  default void checked(List<CheckResult> results) {}

  /**
   * What the whole run consists of, beside files.
   *
   * @param steps by mapping, in the order of the plan
   */
  default void plannedSteps(Map<String, PlannedStep> steps) {}

  /**
   * How much a step is.
   *
   * @param rows how many source rows it will read, roughly; -1 if unknown
   * @param tables the target tables that it fills
   */
  record PlannedStep(long rows, Set<String> tables) {}

  /**
   * The indexes and keys that will be made.
   *
   * @param byTable how many each table has
   */
  default void plannedIndexes(Map<String, Integer> byTable) {}

  /** Everything is loaded, and is held against what the mapping files expect. */
  default void checkingLoad() {}

  /** That is done, too. */
  default void checkedLoad() {}

  /** Something worth telling that is not a step. */
  void note(String text);

  /** Tells nobody. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void starting(String phase, String mapping, long estimatedRows) {}

      @Override
      public void advanced(String mapping, long rowsRead) {}

      @Override
      public void finished(StepResult step) {}

      @Override
      public void note(String text) {}
    };
  }
}
