package d2s.cli.schemas;

import d2s.cli.framework.InterruptHandler;
import d2s.cli.sandbox.TemporaryPostgres;
import d2s.engine.CatalogDatabase;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogDdl;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Databases without rows, one for each catalog, made in a temporary PostgreSQL when asked for. */
public final class CatalogDatabases implements AutoCloseable {

  private final TemporaryPostgres postgres;
  private final Map<String, CatalogDatabase> made = new HashMap<>();

  /**
   * @param postgres is running; closed with this
   */
  public CatalogDatabases(TemporaryPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * @param interrupted is told of Ctrl-C before the server is stopped
   */
  public static CatalogDatabases start(InterruptHandler interruption, Runnable interrupted)
      throws IOException {
    TemporaryPostgres postgres = new TemporaryPostgres();
    interruption.install(
        "Interrupted.",
        () -> {
          interrupted.run();
          postgres.end();
        },
        () -> "The temporary PostgreSQL was stopped and removed.");
    try {
      postgres.start();
    } catch (IOException | RuntimeException e) {
      postgres.close();
      throw e;
    }
    return new CatalogDatabases(postgres);
  }

  public CatalogDatabase of(Catalog catalog) throws SQLException {
    CatalogDatabase known = made.get(catalog.name());
    if (known == null) {
      postgres.createDatabase(catalog.name());
      Connection connection = postgres.connect(catalog.name());
      CatalogDdl.create(connection, catalog);
      connection.setReadOnly(true);
      known = new CatalogDatabase(catalog, connection);
      made.put(catalog.name(), known);
    }
    return known;
  }

  @Override
  public void close() throws SQLException {
    try {
      for (CatalogDatabase one : made.values()) {
        one.connection().close();
      }
    } finally {
      postgres.close();
    }
  }
}
