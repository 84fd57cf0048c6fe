package d2s.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CatalogReaderTest {

  private static TestDatabase shop;

  @BeforeAll
  static void makeShop() throws SQLException {
    shop = TestPostgres.createDatabase("shop");
    shop.execute(ShopCatalog.SQL);
  }

  @Test
  void everythingIsRead() throws SQLException {
    assertThat(read(shop)).isEqualTo(ShopCatalog.CATALOG);
  }

  @Test
  void otherSchemasAreNotRead() throws SQLException {
    TestDatabase copy = shop.copy("shop_with_schema");
    copy.execute(
        "CREATE SCHEMA attic",
        "CREATE TABLE attic.boxes (id serial PRIMARY KEY)",
        "CREATE TABLE attic.customers (id text UNIQUE)");

    assertThat(read(copy)).isEqualTo(ShopCatalog.CATALOG);
  }

  @Test
  void theTransactionOfTheCallerGoesOn() throws SQLException {
    TestDatabase copy = shop.copy("shop_in_transaction");
    try (Connection connection = copy.connect()) {
      connection.setAutoCommit(false);
      connection.createStatement().execute("CREATE TABLE uncommitted (id int)");
      assertThat(CatalogReader.read(connection, "shop", ShopCatalog.VERSION_QUERY).tableNames())
          .contains("uncommitted");
      connection.rollback();
    }
    assertThat(read(copy)).isEqualTo(ShopCatalog.CATALOG);
  }

  @Test
  void noVersionIsAnErrorThatNamesTheQuery() throws SQLException {
    try (Connection connection = shop.connect()) {
      String query = ShopCatalog.VERSION_QUERY + " WHERE false";
      assertThatThrownBy(() -> CatalogReader.read(connection, "shop", query))
          .isInstanceOf(CatalogException.class)
          .hasMessageContaining(query);
    }
  }

  @Test
  void whatTheDdlMakesIsTheSameCatalog() throws SQLException {
    TestDatabase made = TestPostgres.createDatabase("made");
    try (Connection connection = made.connect()) {
      CatalogDdl.create(connection, ShopCatalog.CATALOG);
      assertThat(CatalogReader.read(connection, "shop", "SELECT 3")).isEqualTo(ShopCatalog.CATALOG);
    }
  }

  @Test
  void theRenderedDdlIsAScriptThatMakesTheSameCatalog() throws SQLException {
    TestDatabase made = TestPostgres.createDatabase("made_by_script");
    made.execute(CatalogDdl.render(ShopCatalog.CATALOG));
    try (Connection connection = made.connect()) {
      assertThat(CatalogReader.read(connection, "shop", "SELECT 3")).isEqualTo(ShopCatalog.CATALOG);
    }
  }

  private static Catalog read(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return CatalogReader.read(connection, "shop", ShopCatalog.VERSION_QUERY);
    }
  }
}
