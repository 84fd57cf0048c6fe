package d2s.cli.migration;

import d2s.cli.configuration.ConfigurationChecks;
import d2s.cli.configuration.InvalidConfigurationException;
import d2s.cli.connection.ConnectionSettings;
import d2s.cli.connection.Database;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.ExitCode;
import d2s.cli.layout.DendritePlaces;
import d2s.cli.layout.SizeHint;
import d2s.cli.layout.UnknownParts;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.DryRunOptions;
import d2s.cli.options.MediaOptions;
import d2s.cli.options.PhaseSelector;
import d2s.engine.Engine;
import d2s.engine.Job;
import d2s.engine.files.StoreFolders;
import d2s.engine.mapping.MappingSet;
import d2s.engine.result.CheckResult;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.RunResult;
import d2s.engine.run.RunOptions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the options of a migration come to. A check and a run are made from the same, so that a run
 * is refused for nothing that a check does not say.
 */
public record MigrationSetup(
    MappingSet set, DendritePlaces dendrite, ConnectionSettings synapse, RunOptions options) {

  private static final String MISSING_RIGHT = "42501";

  public static MigrationSetup of(
      MappingSet set,
      DatabaseOptions.Resolved databases,
      MediaOptions mediaOptions,
      DryRunOptions runOptions,
      List<String> phases,
      Set<String> accepted,
      Console console)
      throws CommandFailedException {
    boolean nothing =
        databases.dendrite().isEmpty()
            && databases.synapse().isEmpty()
            && databases.dendriteFile().isEmpty()
            && databases.synapseFiles().isEmpty();
    if (nothing) {
      throw new CommandFailedException(
          ExitCode.USAGE,
          "which servers? Give --dendrite-config dendrite.yaml and --synapse-config homeserver.yaml,"
              + " or --dendrite-db, --synapse-db and --server-name");
    }
    DendritePlaces dendrite = databases.requiredDendrite();
    ConnectionSettings synapse = databases.requiredSynapse();
    MediaOptions.Resolved media = mediaOptions.resolve(databases, false, console);
    databases.notes().forEach(console::warn);
    List<CheckResult> known = new ArrayList<>(configurationChecks(databases));
    try {
      known.addAll(SynapseSettings.check(databases, media.target()));
    } catch (InvalidConfigurationException e) {
      throw new CommandFailedException(ExitCode.USAGE, e.getMessage());
    }
    mediaOptions.check(set, media).ifPresent(known::add);
    return new MigrationSetup(
        set,
        dendrite,
        synapse,
        new RunOptions(
            runOptions.dryRun(),
            runOptions.strict(),
            PhaseSelector.choose(set.phases(), phases),
            media.facts(databases.facts(set), set),
            media.files(),
            accepted,
            known));
  }

  /** The same, and it knows what the source holds that no mapping knows. */
  public MigrationSetup withUnknown(
      Database source, Database target, DatabaseOptions.Resolved databases, Console console)
      throws SQLException {
    List<CheckResult> known = new ArrayList<>(options.known());
    try {
      UnknownParts.check(set, source, target, databases.acceptedUnknown(), console);
    } catch (PreconditionFailedException e) {
      known.addAll(e.checks());
    } catch (SQLException e) {
      if (!MISSING_RIGHT.equals(e.getSQLState())) {
        throw e;
      }
      // The checks that follow say which right.
    }
    return new MigrationSetup(
        set,
        dendrite,
        synapse,
        new RunOptions(
            options.dryRun(),
            options.strict(),
            options.phases(),
            options.given(),
            options.files(),
            options.accepted(),
            known));
  }

  Job<RunResult> migration(Database source, Database target) {
    keepSize(source);
    return new Engine(set).migration(source, target, options);
  }

  /** What a migration would be refused for, and what a person should know before one. */
  public List<CheckResult> check(Database source, Database target) {
    keepSize(source);
    return new Engine(set).preflight(source, target, options);
  }

  private void keepSize(Database source) {
    SizeHint.keep(
        source, options.files().folders().values().stream().map(StoreFolders::source).toList());
  }

  private static List<CheckResult> configurationChecks(DatabaseOptions.Resolved databases)
      throws CommandFailedException {
    List<CheckResult> results = new ArrayList<>();
    try {
      if (databases.dendriteFile().isPresent()) {
        results.addAll(ConfigurationChecks.dendrite(databases.dendriteFile().get()));
      }
      if (!databases.synapseFiles().isEmpty()) {
        results.addAll(ConfigurationChecks.homeserver(databases.synapseFiles()));
      }
    } catch (InvalidConfigurationException e) {
      throw new CommandFailedException(ExitCode.USAGE, e.getMessage());
    }
    return results;
  }
}
