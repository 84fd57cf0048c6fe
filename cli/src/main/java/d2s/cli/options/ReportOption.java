package d2s.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the report of a migration is. */
public final class ReportOption {

  /** The launcher sets it; a program that uses this one writes nothing unless it is asked to. */
  private static final String DEFAULT = "d2s.report";

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = {
        "The folder of report.html and report.json: migrate writes them, verify completes them.",
        "Default: d2s-report in this directory."
      })
  Path folder;

  public Optional<Path> folder() {
    return folder != null
        ? Optional.of(folder)
        : Optional.ofNullable(System.getProperty(DEFAULT)).map(Path::of);
  }
}
