package d2s.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogException;
import d2s.engine.schema.CatalogReader;
import d2s.engine.schema.ShopCatalog;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecordingTest {

  private static TestDatabase shop;
  private static byte[] recording;

  @BeforeAll
  static void record() throws SQLException, IOException {
    shop = TestPostgres.createDatabase("recorded_shop");
    shop.execute(
        ShopCatalog.SQL,
        // Later ids first: the order of the file must not be the one of the inserts.
        "INSERT INTO customers (id, name, checked, \"Odd \"\"name\")"
            + " VALUES (7, 'Zoë', E'tab\\tline\\nend \\\\. \\\\N', NULL), (2, '', '\\.', '')",
        "INSERT INTO orders (customer, parts, total) VALUES (2, '{1,NULL,3}', 1.50), (7, '{}', 2)",
        "INSERT INTO order_lines VALUES (NULL, NULL, 'b'), (100, 5, 'a'), (NULL, NULL, NULL)",
        "SELECT setval('customers_id_seq', 7)");
    recording = write(shop);
  }

  @Test
  void theRestoredDatabaseHasTheSameTablesRowsAndSequences() throws SQLException, IOException {
    TestDatabase restored = TestPostgres.createDatabase("restored_shop");
    Map<String, Long> counts = restore(restored, ShopCatalog.CATALOG, recording);

    assertThat(counts)
        .containsExactly(
            entry("customers", 2L),
            entry("nothing", 0L),
            entry("order_lines", 3L),
            entry("orders", 2L),
            entry("shop_version", 1L));
    try (Connection connection = restored.connect()) {
      assertThat(CatalogReader.read(connection, "shop", ShopCatalog.VERSION_QUERY))
          .isEqualTo(ShopCatalog.CATALOG);
    }
    for (String query :
        List.of(
            "SELECT * FROM customers ORDER BY id",
            "SELECT * FROM orders ORDER BY id",
            "SELECT * FROM order_lines ORDER BY line",
            "SELECT last_value, is_called FROM customers_id_seq",
            "SELECT last_value, is_called FROM orders_other_id_seq",
            "SELECT last_value, is_called FROM receipt_number")) {
      assertThat(rows(restored, query)).as(query).isNotEmpty().isEqualTo(rows(shop, query));
    }
    assertThat(write(restored)).isEqualTo(recording);
    assertThat(rows(restored, "SELECT nextval('customers_id_seq')")).containsExactly("8");
  }

  @Test
  void theOrderOfTheRowsInTheTableDoesNotMatter() throws SQLException, IOException {
    TestDatabase shuffled = shop.copy("shuffled_shop");
    shuffled.execute(
        "CREATE TEMPORARY TABLE moved AS SELECT * FROM order_lines ORDER BY line DESC;"
            + " DELETE FROM order_lines; INSERT INTO order_lines SELECT * FROM moved",
        "UPDATE customers SET name = name WHERE id = 2");

    assertThat(write(shuffled)).isEqualTo(recording);
  }

  @Test
  void theRecordingOfAnotherCatalogIsRefusedAndLeavesNothing() throws SQLException {
    TestDatabase empty = TestPostgres.createDatabase("empty_shop");
    Catalog other =
        new Catalog("kiosk", "1", ShopCatalog.CATALOG.tables(), ShopCatalog.CATALOG.sequences());

    assertThatThrownBy(() -> restore(empty, other, recording))
        .isInstanceOf(CatalogException.class)
        .hasMessage("This is a recording of shop; with the catalog kiosk it cannot be loaded.");
    assertNothingIn(empty);
  }

  @Test
  void aRecordingCutShortIsRefusedAndLeavesNothing() throws SQLException {
    TestDatabase empty = TestPostgres.createDatabase("cut_shop");

    assertThatThrownBy(
            () ->
                restore(
                    empty, ShopCatalog.CATALOG, Arrays.copyOf(recording, recording.length - 40)))
        .isInstanceOf(CatalogException.class)
        .hasMessage("The recording is damaged or cut short.");
    assertThatThrownBy(
            () -> restore(empty, ShopCatalog.CATALOG, zip("recording 1\tshop\ntable\torders\n")))
        .isInstanceOf(CatalogException.class)
        .hasMessage("The recording is cut short: its last line is missing.");
    assertNothingIn(empty);
  }

  @Test
  void somethingElseIsNoRecording() throws SQLException {
    TestDatabase empty = TestPostgres.createDatabase("no_recording");

    assertThatThrownBy(
            () ->
                restore(empty, ShopCatalog.CATALOG, "plain text".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CatalogException.class)
        .hasMessage("This is not a recording: it is not compressed with gzip.");
    assertThatThrownBy(() -> restore(empty, ShopCatalog.CATALOG, zip("some\ttext\n")))
        .isInstanceOf(CatalogException.class)
        .hasMessage("This is not a recording: it does not begin with recording 1.");
    assertThatThrownBy(
            () -> restore(empty, ShopCatalog.CATALOG, zip("recording 1\tshop\nwhat\tis this\n")))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("unexpected '[what, is this]'");
  }

  private static void assertNothingIn(TestDatabase database) throws SQLException {
    assertThat(rows(database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        .isEmpty();
  }

  private static byte[] write(TestDatabase database) throws SQLException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Connection connection = database.connect()) {
      Recording.write(connection, ShopCatalog.CATALOG, out);
    }
    return out.toByteArray();
  }

  private static Map<String, Long> restore(TestDatabase database, Catalog catalog, byte[] file)
      throws SQLException, IOException {
    try (Connection connection = database.connect()) {
      return Recording.restore(connection, catalog, new ByteArrayInputStream(file));
    }
  }

  private static byte[] zip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static List<String> rows(TestDatabase database, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.connect();
        ResultSet row = connection.createStatement().executeQuery(query)) {
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
          values.add(row.getString(column));
        }
        rows.add(values.size() == 1 ? values.get(0) : values.toString());
      }
    }
    return rows;
  }
}
