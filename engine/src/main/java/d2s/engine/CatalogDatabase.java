package d2s.engine;

import d2s.engine.query.RememberingDescriber.Memory;
import d2s.engine.schema.Catalog;
import java.sql.Connection;

/**
 * A database without rows that has the tables of a catalog. Mappings and verifications are held
 * against it at the same time, each by one thread.
 */
public final class CatalogDatabase {

  private final Catalog catalog;
  private final Connection connection;
  private final Connection verifications;
  private final Memory memory;

  CatalogDatabase(Catalog catalog, Connection connection, Connection verifications, Memory memory) {
    this.catalog = catalog;
    this.connection = connection;
    this.verifications = verifications;
    this.memory = memory;
  }

  Catalog catalog() {
    return catalog;
  }

  /** The connection for mappings. */
  public Connection connection() {
    return connection;
  }

  /** Another one to the same database. */
  public Connection verifications() {
    return verifications;
  }

  /** What it said to queries. */
  Memory memory() {
    return memory;
  }
}
