package d2s.cli.command;

import d2s.cli.framework.Command;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.output.ResultDocument;
import picocli.CommandLine;

/** {@code d2s new}: a frame for what it can write. */
@CommandLine.Command(
    name = "new",
    description = {"Write the beginning of a file for people who change mapping files.", ""},
    footer = {"", "Examples:", "  d2s new mapping user_filters --from syncapi_filter"})
public final class NewCommand extends Command {

  public NewCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) {
    return printUsage();
  }
}
