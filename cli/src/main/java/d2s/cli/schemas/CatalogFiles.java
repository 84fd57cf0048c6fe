package d2s.cli.schemas;

import d2s.cli.connection.ConnectionSettings;
import d2s.cli.connection.Database;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.ExitCode;
import d2s.engine.catalog.CatalogYaml;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogException;
import d2s.engine.schema.CatalogReader;
import d2s.matrix.catalog.BundledCatalogs;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;

/** Catalogs that the user names, and those of live databases. */
public final class CatalogFiles {

  private CatalogFiles() {}

  /**
   * Reads a catalog.
   *
   * @param name a file, or one that ships with the program
   */
  public static Catalog read(String name) throws CommandFailedException, IOException {
    if (BundledCatalogs.names().contains(name)) {
      return BundledCatalogs.read(name);
    }
    try (Reader in = Files.newBufferedReader(Path.of(name))) {
      return CatalogYaml.read(in, name);
    } catch (NoSuchFileException e) {
      throw new CommandFailedException(
          ExitCode.USAGE,
          "there is no file "
              + name
              + " and no catalog of this name; those that ship with the program are "
              + String.join(", ", BundledCatalogs.names()));
    } catch (CatalogException e) {
      throw new CommandFailedException(ExitCode.USAGE, e.getMessage());
    }
  }

  /** The catalog of a live database, which has the name of the product and its version. */
  public static Catalog capture(
      String role, ConnectionSettings settings, String product, String versionQuery)
      throws Exception {
    try (Database database = Database.open(role, settings);
        Connection connection = database.getConnection()) {
      connection.setReadOnly(true);
      Catalog catalog = CatalogReader.read(connection, product, versionQuery);
      return new Catalog(
          product + "-" + catalog.version(),
          catalog.version(),
          catalog.tables(),
          catalog.sequences());
    }
  }
}
