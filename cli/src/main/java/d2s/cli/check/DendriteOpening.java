package d2s.cli.check;

import d2s.cli.connection.ConnectionFailedException;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.layout.DendriteSource;
import d2s.cli.migration.MigrationSetup;
import d2s.cli.options.DatabaseOptions;
import d2s.engine.mapping.Layouts;
import d2s.engine.result.CheckResult;
import d2s.engine.result.PreconditionFailedException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Opens Dendrite's databases for a check, where whatever stands in the way is a result. */
record DendriteOpening(
    MigrationSetup setup,
    Optional<Layouts> layouts,
    DatabaseOptions.Resolved databases,
    Console console,
    InterruptHandler interruption) {

  private static final String STOPPED = "dendrite-stopped";

  /**
   * @param results takes what stands in the way
   * @return null if there is no source, which then is a result
   */
  DendriteSource open(List<CheckResult> results)
      throws CommandFailedException, SQLException, IOException {
    try {
      try {
        return open(true);
      } catch (PreconditionFailedException e) {
        results.addAll(e.checks());
        if (e.checks().stream().allMatch(check -> check.id().equals(STOPPED))) {
          // What else is wrong can be found out while somebody is connected.
          return open(false);
        }
        return null;
      }
    } catch (ConnectionFailedException e) {
      results.add(CheckResult.error("dendrite-connection", e.getMessage(), List.of(), "", ""));
      return null;
    } catch (PreconditionFailedException e) {
      // Files in use cannot be read at all.
      e.checks().stream().filter(check -> !check.id().equals(STOPPED)).forEach(results::add);
      return null;
    }
  }

  private DendriteSource open(boolean loading)
      throws CommandFailedException, ConnectionFailedException, SQLException, IOException {
    return DendriteSource.open(
        setup.dendrite(),
        databases.staging(),
        layouts,
        setup.set(),
        loading,
        false,
        console,
        interruption);
  }
}
