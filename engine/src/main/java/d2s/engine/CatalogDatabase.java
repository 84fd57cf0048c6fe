package d2s.engine;

import d2s.engine.query.RememberingDescriber.Memory;
import d2s.engine.schema.Catalog;
import java.sql.Connection;

/**
 * A database without rows that has the tables of a catalog. One is used by one thread at a time.
 */
public final class CatalogDatabase {

  private final Catalog catalog;
  private final Connection connection;
  private final Memory memory;

  CatalogDatabase(Catalog catalog, Connection connection, Memory memory) {
    this.catalog = catalog;
    this.connection = connection;
    this.memory = memory;
  }

  Catalog catalog() {
    return catalog;
  }

  public Connection connection() {
    return connection;
  }

  /** What it said to queries. */
  Memory memory() {
    return memory;
  }
}
