package d2s.matrix.layout;

import d2s.engine.loader.LayoutsLoader;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.Layouts.Component;
import d2s.engine.result.Progress;
import d2s.engine.result.Skipped;
import d2s.engine.schema.Catalog;
import d2s.engine.staging.Distribution;
import d2s.engine.staging.Distribution.Place;
import d2s.engine.staging.PostgresOrigin;
import d2s.engine.staging.SqliteOrigin;
import d2s.engine.staging.Staging;
import d2s.engine.yaml.Text;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.testing.SplitDatabase;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
  static List<TestDatabase> split(TestDatabase whole) throws SQLException {
    Map<String, List<String>> components = new LinkedHashMap<>();
    for (Component component : LAYOUTS.components()) {
      components.put(
          component.name().value(), component.tables().stream().map(Text::value).toList());
    }
    return List.copyOf(SplitDatabase.of(whole, components).values());
  }
}
