package d2s.cli.command;

import d2s.cli.connection.ConnectionFailedException;
import d2s.cli.connection.ConnectionSettings;
import d2s.cli.connection.Database;
import d2s.cli.framework.Command;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.layout.DendriteSource;
import d2s.cli.migration.MigrationSetup;
import d2s.cli.options.AcceptOption;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.DryRunOptions;
import d2s.cli.options.MappingOptions;
import d2s.cli.options.MediaOptions;
import d2s.cli.output.CheckReport;
import d2s.cli.output.Format;
import d2s.cli.output.ResultDocument;
import d2s.cli.output.Style;
import d2s.cli.schemas.CatalogDatabases;
import d2s.cli.schemas.CatalogFiles;
import d2s.cli.schemas.CatalogInspection;
import d2s.cli.schemas.FileWatch;
import d2s.cli.schemas.ProblemFormat;
import d2s.cli.schemas.SchemaCheck;
import d2s.cli.schemas.SchemaDrift;
import d2s.engine.Engine;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.MappingSet;
import d2s.engine.result.CheckResult;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.Severity;
import d2s.engine.schema.Catalog;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import d2s.matrix.catalog.BundledCatalogs;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code d2s check}. */
@CommandLine.Command(
    name = "check",
    description = {
      "Find out everything that stands in the way of a migration, before it does. Nothing is"
          + " changed.",
      "",
      "It is the very check that \"d2s migrate\" begins with, and has the same options: a migration is"
          + " refused for nothing that is not an ERROR here. Each finding says why it matters and what"
          + " to do.",
      "",
      "Without databases, or with --mappings-only, it holds the mapping files against the schemas that"
          + " ship with the program, or against those of the databases, and prints every problem with"
          + " file, line and column. One database alone is enough, too. That is for people who change"
          + " mapping files.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  d2s check --mappings my-mappings --synapse-catalog synapse-95.yaml",
      "  d2s check --mappings my-mappings --watch --format line",
      "  d2s check --dendrite-config dendrite.yaml --synapse-config homeserver.yaml",
      "  d2s check --dendrite-db dbname=dendrite --synapse-db dbname=synapse \\",
      "      --server-name example.org",
      "  d2s check --mappings my-mappings"
    })
public final class CheckCommand extends Command {

  private static final String STOPPED = "dendrite-stopped";

  @Mixin private DatabaseOptions databaseOptions;
  @Mixin private MediaOptions mediaOptions;
  @Mixin private MappingOptions mappingOptions;
  @Mixin private AcceptOption acceptOption;

  @Option(
      names = "--mappings-only",
      description = "Only hold the mapping files against the schemas of the databases.")
  private boolean mappingsOnly;

  @Option(
      names = "--synapse-catalog",
      paramLabel = "CATALOG",
      description = {
        "Hold the mapping files against this catalog instead of Synapse's database: a file of d2s"
            + " schema capture, or the name of one that ships with the program."
      })
  private String synapseCatalog;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = {
        "How problems are printed: text (with the quoted line), line (file:line:column: error:"
            + " message, for editors) or github (annotations of a workflow). Default: text."
      })
  private ProblemFormat format = ProblemFormat.text;

  @Option(
      names = "--watch",
      description = "Check the files of --mappings, and again whenever one changes, until Ctrl-C.")
  private boolean watch;

  public CheckCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    Optional<Layouts> layouts = mappingOptions.loadLayouts();
    DatabaseOptions.Resolved databases = databaseOptions.resolve(context().surroundings(), layouts);
    boolean none = databases.dendrite().isEmpty() && databases.synapse().isEmpty();
    if (!none && !mappingsOnly && !watch && synapseCatalog == null) {
      return preflight(mappingOptions.load(), layouts, databases, console, document, interruption);
    }
    databases.notes().forEach(console::warn);
    if (watch) {
      return watch(databases, console, interruption);
    }
    List<SchemaCheck> inspections;
    try {
      inspections = inspect(layouts, databases, console, document, interruption);
    } catch (InvalidMappingsException e) {
      if (format == ProblemFormat.text) {
        throw e;
      }
      document.problems(e.problems());
      e.problems().forEach(one -> console.log(format.line(one, mappingOptions.folder())));
      return ExitCode.PROBLEMS;
    }
    for (SchemaCheck inspection : inspections) {
      console.print(
          "No problems in "
              + Format.count(inspection.result().mappings(), "mapping", "mappings")
              + " for "
              + inspection.against()
              + ", "
              + "synapse schema version "
              + inspection.result().targetVersion()
              + ".");
    }
    document.put("checked", inspections.stream().map(CheckCommand::object).toList());
    return ExitCode.DONE;
  }

  private ExitCode preflight(
      MappingSet set,
      Optional<Layouts> layouts,
      DatabaseOptions.Resolved databases,
      Console console,
      ResultDocument document,
      InterruptHandler interruption)
      throws CommandFailedException, SQLException, IOException {
    MigrationSetup setup =
        MigrationSetup.of(
            set,
            databases,
            mediaOptions,
            new DryRunOptions(),
            List.of(),
            acceptOption.names(),
            console);
    List<CheckResult> results = new ArrayList<>();
    try (Database target = openSynapse(setup.synapse(), results);
        DendriteSource dendrite =
            openDendrite(setup, layouts, databases, results, console, interruption)) {
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
    return conclude(results, console);
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

  /**
   * @return null if there is no source, which then is a result
   */
  private static DendriteSource openDendrite(
      MigrationSetup setup,
      Optional<Layouts> layouts,
      DatabaseOptions.Resolved databases,
      List<CheckResult> results,
      Console console,
      InterruptHandler interruption)
      throws CommandFailedException, SQLException, IOException {
    try {
      try {
        return open(setup, layouts, databases, true, console, interruption);
      } catch (PreconditionFailedException e) {
        results.addAll(e.checks());
        if (e.checks().stream().allMatch(check -> check.id().equals(STOPPED))) {
          // What else is wrong can be found out while somebody is connected.
          return open(setup, layouts, databases, false, console, interruption);
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

  private static DendriteSource open(
      MigrationSetup setup,
      Optional<Layouts> layouts,
      DatabaseOptions.Resolved databases,
      boolean loading,
      Console console,
      InterruptHandler interruption)
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

  private static ExitCode conclude(List<CheckResult> results, Console console) {
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

  /** Problems come as an exception with all of them. */
  private List<SchemaCheck> inspect(
      Optional<Layouts> layouts,
      DatabaseOptions.Resolved databases,
      Console console,
      ResultDocument document,
      InterruptHandler interruption)
      throws Exception {
    Problems problems = new Problems();
    List<SchemaCheck> checks;
    if (isLive(databases)) {
      MappingSet set = mappingOptions.load();
      checks = SchemaCheck.of(set, layouts, databases, console, document, interruption);
      // Of a live source only what holds something matters, and that has been looked at.
      new Engine(set).checkTargetLedger(checks.stream().map(SchemaCheck::result).toList());
      return checks;
    }
    List<Catalog> sources = sources(databases);
    List<Catalog> targets = targets(databases);
    try (CatalogDatabases made = CatalogDatabases.start(interruption, () -> {})) {
      checks = new CatalogInspection(mappingOptions, sources, targets, made).round(problems);
    }
    if (!problems.isEmpty()) {
      drift(targets).forEach(console::log);
    }
    problems.throwIfAny();
    return checks;
  }

  private boolean isLive(DatabaseOptions.Resolved databases) {
    return databases.dendrite().isPresent()
        && databases.synapse().isPresent()
        && synapseCatalog == null;
  }

  /** What an unknown schema has that the nearest known one has not, with lines to write. */
  private List<String> drift(List<Catalog> targets) throws Exception {
    Optional<MappingSet> set = mappingOptions.load(new Problems());
    return targets.size() == 1 && set.isPresent()
        ? SchemaDrift.sinceNearest(set.get(), targets.get(0))
        : List.of();
  }

  /** Checks again whenever a file changes, until the user ends it. */
  private ExitCode watch(
      DatabaseOptions.Resolved databases, Console console, InterruptHandler interruption)
      throws Exception {
    if (mappingOptions.directory() == null) {
      throw new CommandFailedException(
          ExitCode.USAGE, "--watch needs --mappings DIR: the built-in mapping files do not change");
    }
    if (isLive(databases)) {
      throw new CommandFailedException(
          ExitCode.USAGE, "--watch looks at catalogs: leave one of the databases out");
    }
    List<Catalog> sources = sources(databases);
    List<Catalog> targets = targets(databases);
    AtomicBoolean over = new AtomicBoolean();
    try (CatalogDatabases made = CatalogDatabases.start(interruption, () -> over.set(true))) {
      CatalogInspection inspection = new CatalogInspection(mappingOptions, sources, targets, made);
      FileWatch files = new FileWatch(mappingOptions.directory());
      while (!over.get()) {
        long start = System.nanoTime();
        Problems problems = new Problems();
        List<SchemaCheck> checks = inspection.round(problems);
        for (Problem problem : problems.sorted()) {
          console.print(List.of(format.line(problem, mappingOptions.folder()).split("\n")));
        }
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        console.print(
            "%s against %s in %.1f s. Waiting for a file to change; Ctrl-C ends."
                .formatted(
                    problems.isEmpty()
                        ? "No problems"
                        : Format.count(problems.sorted().size(), "problem", "problems"),
                    Format.count(checks.size(), "pair of schemas", "pairs of schemas"),
                    millis / 1000.0));
        Set<String> changed = files.next(over::get);
        if (!changed.isEmpty()) {
          console.print("");
          console.print("Changed: " + String.join(", ", changed));
        }
      }
    } catch (SQLException e) {
      if (!over.get()) {
        throw e;
      }
    }
    return ExitCode.DONE;
  }

  private List<Catalog> sources(DatabaseOptions.Resolved databases) throws Exception {
    return databases.dendrite().isPresent()
        ? List.of(
            CatalogFiles.capture(
                "Dendrite",
                databases
                    .dendrite()
                    .get()
                    .single()
                    .orElseThrow(
                        () ->
                            new CommandFailedException(
                                ExitCode.USAGE, "give one PostgreSQL database: --dendrite-db")),
                "dendrite",
                BundledCatalogs.DENDRITE_VERSION_QUERY))
        : SchemaCheck.bundled("dendrite-");
  }

  private List<Catalog> targets(DatabaseOptions.Resolved databases) throws Exception {
    if (synapseCatalog != null) {
      return List.of(CatalogFiles.read(synapseCatalog));
    }
    return databases.synapse().isPresent()
        ? List.of(
            CatalogFiles.capture(
                "Synapse",
                databases.synapse().get(),
                "synapse",
                BundledCatalogs.SYNAPSE_VERSION_QUERY))
        : SchemaCheck.bundled("synapse-");
  }

  private static Map<String, Object> object(SchemaCheck inspection) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("against", inspection.against());
    object.put("target_version", inspection.result().targetVersion());
    object.put("mappings", inspection.result().mappings());
    return object;
  }
}
