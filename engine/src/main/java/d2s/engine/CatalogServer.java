package d2s.engine;

import d2s.engine.query.SharedAnswers;
import d2s.engine.schema.Catalog;
import java.sql.Connection;

/** A PostgreSQL with databases that were made of catalogs. */
public final class CatalogServer {

  private final SharedAnswers answers = new SharedAnswers();

  /**
   * A database of this server.
   *
   * @param catalog what it was made of
   * @param connection is not closed with it
   */
  public CatalogDatabase database(Catalog catalog, Connection connection) {
    return new CatalogDatabase(catalog, connection, answers.of(catalog));
  }
}
