package d2s.cli.layout;

import d2s.engine.loader.LayoutsLoader;
import d2s.engine.mapping.Layouts.Component;
import d2s.engine.yaml.Text;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.catalog.BundledRecordings;
import d2s.matrix.catalog.SqliteCopy;
import d2s.testing.SplitDatabase;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bundled recording of a Dendrite in every layout. */
public final class Layouts {

  public static final String RECORDING = "dendrite-0.15.2";

  private static final d2s.engine.mapping.Layouts LAYOUTS =
      LayoutsLoader.loadResources("dendrite-to-synapse").orElseThrow();

  private Layouts() {}

  /** The recording in one database. */
  public static TestDatabase whole() throws SQLException {
    TestDatabase database = TestPostgres.createDatabase("dendrite");
    try (Connection connection = database.connect()) {
      BundledRecordings.restore(RECORDING, connection);
    }
    return database;
  }

  /** Writes SQLite files into a folder. */
  public static void sqlite(TestDatabase whole, String recording, Path folder)
      throws SQLException, IOException {
    try (Connection connection = whole.connect()) {
      SqliteCopy.write(connection, BundledCatalogs.read(recording), LAYOUTS, folder);
    }
  }

  /** Makes a database for each component, by its name. */
  public static Map<String, TestDatabase> split(TestDatabase whole) throws SQLException {
    Map<String, List<String>> components = new LinkedHashMap<>();
    for (Component component : LAYOUTS.components()) {
      components.put(
          component.name().value(), component.tables().stream().map(Text::value).toList());
    }
    return SplitDatabase.of(whole, components);
  }
}
