package d2s.cli.check;

import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.MappingOptions;
import d2s.cli.output.Format;
import d2s.cli.schemas.CatalogDatabases;
import d2s.cli.schemas.CatalogInspection;
import d2s.cli.schemas.FileWatch;
import d2s.cli.schemas.ProblemFormat;
import d2s.cli.schemas.SchemaCheck;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Holds mapping files against schemas whenever a file changes, until the user ends it. */
public record MappingWatch(
    MappingOptions files,
    SchemaChoice schemas,
    ProblemFormat format,
    Console console,
    InterruptHandler interruption) {

  /** Prints the problems of each round. */
  public ExitCode run() throws Exception {
    if (files.directory() == null) {
      throw new CommandFailedException(
          ExitCode.USAGE, "--watch needs --mappings DIR: the built-in mapping files do not change");
    }
    if (schemas.isLive()) {
      throw new CommandFailedException(
          ExitCode.USAGE, "--watch looks at catalogs: leave one of the databases out");
    }
    SchemaChoice.Given given = schemas.given();
    AtomicBoolean over = new AtomicBoolean();
    try (CatalogDatabases made = CatalogDatabases.start(interruption, () -> over.set(true))) {
      SchemaChoice.Given all = given.complete();
      made.prepare(all.sources(), all.targets());
      CatalogInspection inspection =
          new CatalogInspection(files, all.sources(), all.targets(), made::pair);
      FileWatch changes = new FileWatch(files.directory());
      // A directory that is no directory of mapping files ends it here.
      round(inspection);
      Set<String> changed = changes.next(over::get);
      while (!changed.isEmpty()) {
        console.print("");
        console.print("Changed: " + String.join(", ", changed));
        try {
          round(inspection);
        } catch (CommandFailedException e) {
          // An editor is just replacing a file, or somebody moves them.
          console.print(e.getMessage() + ". Waiting for a file to change; Ctrl-C ends.");
        }
        changed = changes.next(over::get);
      }
    } catch (SQLException e) {
      if (!over.get()) {
        throw e;
      }
    }
    return ExitCode.DONE;
  }

  private void round(CatalogInspection inspection) throws Exception {
    long start = System.nanoTime();
    Problems problems = new Problems();
    List<SchemaCheck> checks = inspection.round(problems);
    for (Problem problem : problems.sorted()) {
      console.print(List.of(format.line(problem, files.folder()).split("\n")));
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
  }
}
