package d2s.engine.examples;

import d2s.engine.examples.ExampleTrial.TrialDatabase;
import d2s.engine.mapping.Example;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.query.RememberingDescriber.Memory;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogDdl;
import d2s.engine.yaml.Problems;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The examples of a mapping set, each with the catalogs that it is tried with. */
public final class ExampleTrials {

  private final MappingSet set;
  private final Catalog source;
  private final List<Catalog> targets;

  /**
   * @param targets from old to new; an example is tried with the oldest and the newest of those
   *     that it is for
   */
  public ExampleTrials(MappingSet set, Catalog source, List<Catalog> targets) {
    this.set = set;
    this.source = source;
    this.targets = List.copyOf(targets);
  }

  /** An example with the catalog of the target that it is tried with. */
  public record Case(Mapping mapping, Example example, Catalog target) {

    @Override
    public String toString() {
      return mapping.name() + ": " + example.description() + " (" + target.name() + ")";
    }
  }

  /** Makes an empty database. */
  @FunctionalInterface
  public interface EmptyDatabases {

    /**
     * @param name unique among those that were asked for
     */
    DataSource create(String name) throws SQLException;
  }

  /** All examples in the order of the mappings, with each target that they are tried with. */
  public List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Mapping mapping : set.mappings()) {
      for (Example example : mapping.examples()) {
        ends(mapping, example).forEach(target -> cases.add(new Case(mapping, example, target)));
      }
    }
    return cases;
  }

  /** The oldest and the newest target that an example is for. */
  private List<Catalog> ends(Mapping mapping, Example example) {
    List<Catalog> meant =
        targets.stream()
            .filter(
                target -> {
                  int version = Integer.parseInt(target.version());
                  return mapping.versions().contains(version)
                      && example.versions().contains(version);
                })
            .toList();
    return meant.size() < 2 ? meant : List.of(meant.get(0), meant.get(meant.size() - 1));
  }

  /**
   * Finds names and values that do not fit the catalogs. Needs no database.
   *
   * @param problems what is known to be wrong already; the examples of files with a problem are not
   *     looked at. Takes what is found
   */
  public void check(Problems problems) {
    List<Case> sound =
        cases().stream()
            .filter(one -> !problems.isIn(one.mapping().name().at().source().name()))
            .toList();
    for (Case one : sound) {
      AddedColumns.check(one.example(), source, problems);
      Catalog whole = AddedColumns.in(source, one.example());
      new ExampleCheck(set, whole, one.target(), problems).check(one.mapping(), one.example());
    }
  }

  /** Begins to try examples. */
  public Running start(EmptyDatabases databases) {
    return new Running(databases);
  }

  /** Tries one example after the other. Closing it closes the connections. */
  public final class Running implements AutoCloseable {

    private final EmptyDatabases databases;
    private final Map<String, TrialDatabase> made = new HashMap<>();

    private Running(EmptyDatabases databases) {
      this.databases = databases;
    }

    /**
     * Tries an example that was checked.
     *
     * @param problems takes what comes out otherwise than the example says
     * @throws SQLException if a database fails
     */
    public void run(Case one, Problems problems) throws SQLException {
      new ExampleTrial(
              set,
              one.mapping(),
              one.example(),
              database(source, false),
              database(one.target(), true),
              problems)
          .run();
    }

    /**
     * @param keys whether rows that break a key are refused; damaged sources have such rows
     */
    private TrialDatabase database(Catalog catalog, boolean keys) throws SQLException {
      TrialDatabase known = made.get(catalog.name());
      if (known == null) {
        DataSource database = databases.create(catalog.name() + "-examples");
        Connection connection = database.getConnection();
        CatalogDdl.execute(connection, CatalogDdl.beforeRows(catalog));
        if (keys) {
          CatalogDdl.execute(connection, CatalogDdl.afterRows(catalog));
        }
        connection.setAutoCommit(false);
        known = new TrialDatabase(catalog, database, connection, new Memory());
        made.put(catalog.name(), known);
      }
      return known;
    }

    @Override
    public void close() throws SQLException {
      for (TrialDatabase one : made.values()) {
        one.connection().close();
      }
    }
  }
}
