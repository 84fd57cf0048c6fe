package d2s.cli.check;

import d2s.cli.connection.ConnectionFailedException;
import d2s.cli.connection.ConnectionSettings;
import d2s.cli.connection.Database;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.layout.DendriteSource;
import d2s.cli.migration.MigrationSetup;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.output.CheckReport;
import d2s.cli.output.Format;
import d2s.cli.output.ResultDocument;
import d2s.cli.output.Style;
import d2s.engine.mapping.Layouts;
import d2s.engine.result.CheckResult;
import d2s.engine.result.Severity;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The very check that a migration begins with, told and not acted on. */
public record MigrationCheck(
    MigrationSetup setup,
    Optional<Layouts> layouts,
    DatabaseOptions.Resolved databases,
    Console console,
    InterruptHandler interruption) {

  /** Prints everything that was looked at, and what a migration would do about it. */
  public ExitCode run(ResultDocument document)
      throws CommandFailedException, SQLException, IOException {
    List<CheckResult> results = new ArrayList<>();
    DendriteOpening opening = new DendriteOpening(setup, layouts, databases, console, interruption);
    try (Database target = openSynapse(setup.synapse(), results);
        DendriteSource dendrite = opening.open(results)) {
      if (dendrite != null) {
        document.put("layout", dendrite.document());
        if (!dendrite.layout().isEmpty()) {
          console.print("Dendrite has " + dendrite.describe() + ".");
          dendrite.layout().forEach(line -> console.print("- " + line));
          console.print("");
        }
      }
      if (dendrite == null || target == null) {
        results.addAll(0, setup.options().known());
      } else {
        Database source = dendrite.database();
        interruption.install(
            "Interrupted.",
            () -> {
              source.cancel();
              target.cancel();
            },
            () -> "Nothing was changed.");
        results.addAll(setup.withUnknown(source, target, databases, console).check(source, target));
      }
    }
    document.checks(results);
    for (CheckReport.Entry entry :
        CheckReport.entries(results, console.verbosity() > 0, console.screen().width())) {
      console.print(entry.style(), entry.head(), entry.lines().get(0));
      console.print(entry.lines().subList(1, entry.lines().size()));
    }
    console.print("");
    return conclude(results);
  }

  /**
   * @return null if there is no connection, which then is a result
   */
  private static Database openSynapse(ConnectionSettings settings, List<CheckResult> results) {
    try {
      return Database.open("Synapse", settings);
    } catch (ConnectionFailedException e) {
      results.add(CheckResult.error("synapse-connection", e.getMessage(), List.of(), "", ""));
      return null;
    }
  }

  private ExitCode conclude(List<CheckResult> results) {
    long errors = CheckReport.count(results, Severity.ERROR);
    long warnings = CheckReport.count(results, Severity.WARNING);
    String counts =
        Format.count(errors, "error", "errors")
            + ", "
            + Format.count(warnings, "warning", "warnings")
            + ". ";
    if (errors > 0) {
      console.printParagraph(
          Style.BAD, counts + "\"d2s migrate\" would be refused. Mend the errors and check again.");
      return ExitCode.PROBLEMS;
    }
    if (warnings > 0) {
      console.printParagraph(
          Style.WARNING, counts + "\"d2s migrate\" would go on. Read the warnings before.");
      return ExitCode.WARNINGS;
    }
    console.printParagraph(Style.GOOD, "Nothing stands in the way of \"d2s migrate\".");
    return ExitCode.DONE;
  }
}
