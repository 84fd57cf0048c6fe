package d2s.cli.schemas;

import d2s.engine.CatalogPair;
import d2s.engine.schema.Catalog;
import java.io.IOException;
import java.sql.SQLException;

/** Gives the databases of two catalogs. */
@FunctionalInterface
public interface CatalogPairs {

  /**
   * @throws IOException if there is no server for them
   */
  CatalogPair of(Catalog source, Catalog target) throws SQLException, IOException;
}
