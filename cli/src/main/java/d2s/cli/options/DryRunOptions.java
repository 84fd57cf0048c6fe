package d2s.cli.options;

import picocli.CommandLine.Option;

/** Whether what is done stays, and how much may be missing. */
public final class DryRunOptions {

  @Option(
      names = "--dry-run",
      description =
          "Do everything, but keep nothing: the load is rolled back, files are only read. Takes as"
              + " long as the real run.")
  boolean dryRun;

  @Option(
      names = "--strict",
      description =
          "End with exit code 4 when anything cannot be carried over; a load is rolled back.")
  boolean strict;

  public boolean dryRun() {
    return dryRun;
  }

  public boolean strict() {
    return strict;
  }
}
