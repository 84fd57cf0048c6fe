package d2s.engine;

import d2s.engine.query.SharedAnswers;
import d2s.engine.schema.Catalog;
import java.sql.Connection;

/** A PostgreSQL with databases that were made of catalogs. */
public final class CatalogServer {

  private final SharedAnswers answers = new SharedAnswers();

  /**
   * A database of this server. Its connections are not closed with it.
   *
   * @param catalog what it was made of
   * @param connection for mappings
   * @param verifications for verifications, which another thread holds against it
   */
  public CatalogDatabase database(
      Catalog catalog, Connection connection, Connection verifications) {
    return new CatalogDatabase(catalog, connection, verifications, answers.of(catalog));
  }
}
