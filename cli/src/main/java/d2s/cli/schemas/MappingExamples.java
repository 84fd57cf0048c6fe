package d2s.cli.schemas;

import d2s.engine.Engine;
import d2s.engine.examples.ExampleTrials;
import d2s.engine.mapping.Example;
import d2s.engine.mapping.MappingSet;
import d2s.engine.schema.Catalog;
import d2s.engine.yaml.Problems;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The examples of mapping files, with the newest source that there is a catalog of. */
public final class MappingExamples {

  private final ExampleTrials trials;

  /**
   * @param sources from old to new
   * @param targets from old to new
   */
  public MappingExamples(MappingSet set, List<Catalog> sources, List<Catalog> targets) {
    trials = new Engine(set).examples(sources.get(sources.size() - 1), targets);
  }

  /** Finds names and values that do not fit the catalogs. */
  public void check(Problems problems) {
    trials.check(problems);
  }

  /** The names of the mappings that have examples. */
  public List<String> mappings() {
    return trials.cases().stream().map(one -> one.mapping().name().value()).distinct().toList();
  }

  /**
   * Tries examples.
   *
   * @param mapping whose examples; empty for those of all
   * @param problems takes what comes out otherwise
   * @return how many were tried
   */
  public int run(String mapping, CatalogDatabases made, Problems problems) throws SQLException {
    Set<Example> tried = new HashSet<>();
    try (ExampleTrials.Running running = trials.start(made::create)) {
      for (ExampleTrials.Case one : trials.cases()) {
        if (mapping.isEmpty() || mapping.equals(one.mapping().name().value())) {
          running.run(one, problems);
          tried.add(one.example());
        }
      }
    }
    return tried.size();
  }
}
