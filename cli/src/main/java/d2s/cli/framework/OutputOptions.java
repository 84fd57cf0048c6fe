package d2s.cli.framework;

import picocli.CommandLine.Option;

/** How much is printed, and in which form. */
final class OutputOptions {

  @Option(
      names = {"-v", "--verbose"},
      description = {
        "Say more: a line for every mapping, every name of what was skipped.",
        "Given twice: also stack traces and debug messages."
      })
  boolean[] verbose = {};

  @Option(
      names = "--json",
      description = "Print one JSON document to standard output, and nothing else.")
  boolean json;
}
