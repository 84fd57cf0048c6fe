package d2s.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.catalog.CatalogDifference.Kind;
import d2s.engine.schema.CatalogReader;
import d2s.engine.schema.ShopCatalog;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogDifferenceTest {

  @Test
  void equalCatalogsDoNotDiffer() {
    assertThat(CatalogDifference.between(ShopCatalog.CATALOG, ShopCatalog.CATALOG)).isEmpty();
  }

  @Test
  void everyChangeOfASchemaIsFound() throws SQLException {
    TestDatabase changed = TestPostgres.createDatabase("changed_shop");
    changed.execute(ShopCatalog.SQL);
    changed.execute(
        "DROP TABLE nothing CASCADE",
        "CREATE TABLE returns (id int, reason text)",
        "ALTER TABLE customers ADD COLUMN age int2 NOT NULL DEFAULT 0",
        "ALTER TABLE customers DROP COLUMN \"Odd \"\"name\"",
        "ALTER TABLE customers ALTER COLUMN name TYPE text",
        "ALTER TABLE customers DROP CONSTRAINT checked_not_null",
        "ALTER TABLE customers ALTER COLUMN \"on\" SET DEFAULT false",
        "ALTER INDEX orders_key RENAME TO orders_key_by_another_name",
        "ALTER TABLE customers DROP CONSTRAINT name_is_long",
        "ALTER TABLE order_lines ADD CHECK (line <> '')",
        "ALTER TABLE orders DROP CONSTRAINT orders_customer_fkey",
        "ALTER TABLE orders DROP CONSTRAINT orders_pkey",
        "CREATE UNIQUE INDEX line ON order_lines (line)",
        "ALTER TABLE order_lines ALTER COLUMN line SET NOT NULL",
        "ALTER SEQUENCE receipt_number INCREMENT 10");
    List<CatalogDifference> differences;
    try (Connection connection = changed.connect()) {
      differences =
          CatalogDifference.between(
              ShopCatalog.CATALOG,
              CatalogReader.read(connection, "changed", ShopCatalog.VERSION_QUERY));
    }

    assertThat(differences)
        .extracting(CatalogDifference::toString)
        .containsExactly(
            "customers.Odd \"name: no column any more, was text default 'a: ''b'', #c'::text",
            "customers.age: new column int2 not null default 0",
            "customers.name: type varchar(40) is now text",
            "customers.checked: nullability not null is now null",
            "customers.on: default default true is now default false",
            "customers: no check any more, was ((name IS NOT NULL) OR (id > 0))",
            "nothing: no table any more, was ()",
            "order_lines.line: nullability null is now not null",
            "order_lines: new unique key (line)",
            "order_lines: new check (line <> ''::text)",
            "orders: no primary key any more, was (id, other_id)",
            "orders: no foreign key any more, was (customer) to customers (id) deferrable",
            "returns: new table (id, reason)",
            "receipt_number: sequence {start: 100} is now {start: 100, increment: 10}");
    assertThat(differences.get(2))
        .isEqualTo(new CatalogDifference(Kind.TYPE, "customers", "name", "varchar(40)", "text"));
  }
}
