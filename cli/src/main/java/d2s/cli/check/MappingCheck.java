package d2s.cli.check;

import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.MappingOptions;
import d2s.cli.output.Format;
import d2s.cli.output.ResultDocument;
import d2s.cli.schemas.CatalogDatabases;
import d2s.cli.schemas.CatalogInspection;
import d2s.cli.schemas.MappingExamples;
import d2s.cli.schemas.ProblemFormat;
import d2s.cli.schemas.SchemaCheck;
import d2s.cli.schemas.SchemaDrift;
import d2s.engine.Engine;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.MappingSet;
import d2s.engine.schema.Catalog;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Suggestion;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds mapping files against schemas once.
 *
 * @param examples the mapping whose examples are tried as well, empty for those of all, or null
 */
public record MappingCheck(
    MappingOptions files,
    SchemaChoice schemas,
    String examples,
    ProblemFormat format,
    Console console,
    InterruptHandler interruption) {

  /**
   * Prints what was looked at.
   *
   * @throws InvalidMappingsException with all problems, where they are for people
   */
  public ExitCode run(Optional<Layouts> layouts, ResultDocument document) throws Exception {
    List<SchemaCheck> checks;
    try {
      checks = schemas.isLive() ? live(layouts, document) : catalogs();
    } catch (InvalidMappingsException e) {
      if (format == ProblemFormat.text) {
        throw e;
      }
      document.problems(e.problems());
      e.problems().forEach(one -> console.log(format.line(one, files.folder())));
      return ExitCode.PROBLEMS;
    }
    for (SchemaCheck check : checks) {
      console.print(
          "No problems in "
              + Format.count(check.result().mappings(), "mapping", "mappings")
              + " for "
              + check.against()
              + ", "
              + "synapse schema version "
              + check.result().targetVersion()
              + ".");
    }
    document.put("checked", checks.stream().map(MappingCheck::object).toList());
    return ExitCode.DONE;
  }

  private List<SchemaCheck> live(Optional<Layouts> layouts, ResultDocument document)
      throws Exception {
    MappingSet set = files.load();
    List<SchemaCheck> checks =
        SchemaCheck.of(set, layouts, schemas.databases(), console, document, interruption);
    // Of a live source only what holds something matters, and that has been looked at.
    new Engine(set).checkTargetLedger(checks.stream().map(SchemaCheck::result).toList());
    return checks;
  }

  private List<SchemaCheck> catalogs() throws Exception {
    Problems problems = new Problems();
    List<SchemaCheck> checks;
    // A schema that the user gave and that cannot be read is told of before anything is started.
    SchemaChoice.Given given = schemas.given();
    List<Catalog> targets;
    try (CatalogDatabases made = CatalogDatabases.start(interruption, () -> {})) {
      SchemaChoice.Given all = given.complete();
      targets = all.targets();
      made.prepare(all.sources(), targets);
      CatalogInspection inspection =
          new CatalogInspection(files, all.sources(), targets, made::pair);
      checks = inspection.round(problems);
      if (examples != null && problems.isEmpty()) {
        tryExamples(inspection.examples().orElseThrow(), made, problems);
      }
    }
    if (!problems.isEmpty()) {
      drift(targets).forEach(console::log);
    }
    problems.throwIfAny();
    return checks;
  }

  private void tryExamples(MappingExamples all, CatalogDatabases made, Problems problems)
      throws CommandFailedException, SQLException {
    if (!examples.isEmpty() && !all.mappings().contains(examples)) {
      throw new CommandFailedException(
          ExitCode.USAGE,
          "no mapping " + examples + " has examples" + Suggestion.of(examples, all.mappings()));
    }
    int tried = all.run(examples, made, problems);
    if (problems.isEmpty()) {
      console.print(
          Format.count(tried, "example comes", "examples come") + " out as the files say.");
    }
  }

  /** What an unknown schema has that the nearest known one has not, with lines to write. */
  private List<String> drift(List<Catalog> targets) throws Exception {
    Optional<MappingSet> set = files.load(new Problems());
    return targets.size() == 1 && set.isPresent()
        ? SchemaDrift.sinceNearest(set.get(), targets.get(0))
        : List.of();
  }

  private static Map<String, Object> object(SchemaCheck check) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("against", check.against());
    object.put("target_version", check.result().targetVersion());
    object.put("mappings", check.result().mappings());
    return object;
  }
}
