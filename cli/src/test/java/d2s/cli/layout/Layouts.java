package d2s.cli.layout;

import d2s.engine.loader.LayoutsLoader;
import d2s.engine.mapping.Layouts.Component;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogDdl;
import d2s.engine.schema.Sequence;
import d2s.engine.schema.Table;
import d2s.engine.sql.SqlIdentifier;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.catalog.BundledRecordings;
import d2s.matrix.catalog.SqliteCopy;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

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
  public static Map<String, TestDatabase> split(TestDatabase whole)
      throws SQLException, IOException {
    Catalog catalog = BundledCatalogs.read(RECORDING);
    Map<String, TestDatabase> databases = new LinkedHashMap<>();
    for (Component component : LAYOUTS.components()) {
      List<Table> tables =
          catalog.tables().stream()
              .filter(table -> component.owns(table.name()) || table.name().equals("db_migrations"))
              .toList();
      List<Sequence> sequences =
          catalog.sequences().stream().filter(one -> component.owns(one.name())).toList();
      TestDatabase database = TestPostgres.createDatabase(component.name().value());
      databases.put(component.name().value(), database);
      try (Connection from = whole.connect();
          Connection to = database.connect()) {
        CatalogDdl.create(to, new Catalog("part", "", tables, sequences));
        for (Table table : tables) {
          copy(table, from, to);
        }
        for (Sequence sequence : sequences) {
          copy(sequence, from, to);
        }
      }
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
