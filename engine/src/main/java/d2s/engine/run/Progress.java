package d2s.engine.run;

/** Is told how a run goes on. Called from the thread that runs the migration. */
public interface Progress {

  /**
   * A step begins.
   *
   * @param estimatedRows how many source rows it will read, roughly; -1 if unknown
   */
  void starting(String phase, String mapping, long estimatedRows);

  /** So many source rows of the current step have been read. Called every few thousand rows. */
  void advanced(long rowsRead);

  void finished(StepResult step);

  /** Something worth telling that is not a step. */
  void note(String text);

  /** Tells nobody. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void starting(String phase, String mapping, long estimatedRows) {}

      @Override
      public void advanced(long rowsRead) {}

      @Override
      public void finished(StepResult step) {}

      @Override
      public void note(String text) {}
    };
  }
}
