package d2s.matrix.layout;

import d2s.engine.loader.LayoutsLoader;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.Layouts.Component;
import d2s.engine.result.Progress;
import d2s.engine.result.Skipped;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogDdl;
import d2s.engine.schema.Sequence;
import d2s.engine.schema.Table;
import d2s.engine.sql.SqlIdentifier;
import d2s.engine.staging.Distribution;
import d2s.engine.staging.Distribution.Place;
import d2s.engine.staging.PostgresOrigin;
import d2s.engine.staging.SqliteOrigin;
import d2s.engine.staging.Staging;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/** Databases in other layouts, and what staging makes of them. */
final class StagedDatabase {

  static final Layouts LAYOUTS = LayoutsLoader.loadResources("dendrite-to-synapse").orElseThrow();
  static final Catalog CATALOG = BundledCatalogs.read("dendrite-0.15.2");

  private StagedDatabase() {}

  /**
   * @param skipped rows that were left out
   */
  record Staged(TestDatabase database, Distribution distribution, List<Skipped> skipped) {}

  /** Brings databases together that are told by what is in them. */
  static Staged ofDatabases(List<TestDatabase> databases) throws SQLException {
    List<Place> places = new ArrayList<>();
    for (TestDatabase database : databases) {
      places.add(new Place(new PostgresOrigin(database.name(), database.connect()), null));
    }
    return of(places);
  }

  /** Brings all files of a directory together. */
  static Staged ofFiles(Path directory, Path workspace) throws SQLException, IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(file -> file.toString().endsWith(".db")).sorted().toList();
    }
    List<Place> places = new ArrayList<>();
    for (Path file : files) {
      places.add(new Place(new SqliteOrigin(file, LAYOUTS.files(), workspace), null));
    }
    return of(places);
  }

  private static Staged of(List<Place> places) throws SQLException {
    try {
      Distribution distribution = Distribution.of(LAYOUTS, CATALOG, places);
      if (!distribution.problems().isEmpty()) {
        return new Staged(null, distribution, List.of());
      }
      TestDatabase staged = TestPostgres.createDatabase("staged");
      List<Skipped> skipped =
          new Staging(LAYOUTS, CATALOG, distribution, staged.dataSource(), false)
              .run(Progress.silent());
      return new Staged(staged, distribution, skipped);
    } finally {
      places.forEach(place -> place.origin().close());
    }
  }

  /** Splits a database into one for each component, as Dendrite would have made them. */
  static List<TestDatabase> split(TestDatabase whole, Catalog catalog)
      throws SQLException, IOException {
    List<TestDatabase> databases = new ArrayList<>();
    for (Component component : LAYOUTS.components()) {
      List<Table> tables =
          catalog.tables().stream()
              .filter(table -> component.owns(table.name()) || table.name().equals("db_migrations"))
              .toList();
      TestDatabase database = TestPostgres.createDatabase(component.name().value());
      List<Sequence> sequences =
          catalog.sequences().stream()
              .filter(
                  sequence ->
                      component.owns(sequence.name())
                          || sequence.name().equals("keyserver_key_changes_seq")
                              && component.name().value().equals("key_server"))
              .toList();
      try (Connection from = whole.connect();
          Connection to = database.connect()) {
        CatalogDdl.create(to, new Catalog("part", "", tables, sequences));
        for (Table table : tables) {
          copy(table, from, to);
        }
        for (Sequence sequence : sequences) {
          copy(sequence, from, to);
        }
        try (Statement statement = to.createStatement()) {
          String first = component.tables().get(0).value().replaceAll("(sender)?_.*", "");
          statement.execute("delete from db_migrations where version not like '" + first + "%'");
        }
      }
      databases.add(database);
    }
    return databases;
  }

  private static void copy(Table table, Connection from, Connection to)
      throws SQLException, IOException {
    String name = SqlIdentifier.quote(table.name());
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    from.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + name + " to stdout", rows);
    to.unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("copy " + name + " from stdin", new ByteArrayInputStream(rows.toByteArray()));
  }

  private static void copy(Sequence sequence, Connection from, Connection to) throws SQLException {
    String name = SqlIdentifier.quote(sequence.name());
    try (Statement read = from.createStatement();
        Statement write = to.createStatement();
        ResultSet row = read.executeQuery("select last_value, is_called from " + name)) {
      row.next();
      write.execute(
          "select setval('%s', %d, %s)".formatted(name, row.getLong(1), row.getBoolean(2)));
    }
  }
}
