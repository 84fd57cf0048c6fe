package d2s.matrix.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.catalog.Recording;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogReader;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundledRecordingsTest {

  /** The numbers were counted in the databases that the recordings were made from. */
  @ParameterizedTest
  @CsvSource({
    "dendrite-0.13.8, 9259, 15, 49, 1087, 1171",
    "dendrite-0.15.2, 9477, 15, 51, 1115, 1196",
  })
  void allRowsAndSequencesAreThere(
      String name, long rows, long accounts, long rooms, long events, long streamPosition)
      throws SQLException, IOException {
    Catalog catalog = BundledCatalogs.read(name);
    TestDatabase database = TestPostgres.createDatabase("recorded");
    try (Connection connection = database.connect()) {
      Map<String, Long> counts = BundledRecordings.restore(name, connection);

      assertThat(counts).isEqualTo(counted(connection, catalog));
      assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(rows);
      assertThat(counts)
          .containsEntry("userapi_accounts", accounts)
          .containsEntry("roomserver_rooms", rooms)
          .containsEntry("roomserver_events", events)
          .containsEntry("roomserver_event_json", events);
      assertThat(number(connection, "SELECT nextval('syncapi_stream_id')"))
          .isEqualTo(streamPosition + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"dendrite-0.13.8", "dendrite-0.15.2"})
  void recordingTheRestoredDatabaseGivesTheSameFile(String name) throws SQLException, IOException {
    Catalog catalog = BundledCatalogs.read(name);
    TestDatabase database = TestPostgres.createDatabase("recorded_again");
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    try (Connection connection = database.connect()) {
      BundledRecordings.restore(name, connection);
      assertThat(CatalogReader.read(connection, name, BundledCatalogs.DENDRITE_VERSION_QUERY))
          .isEqualTo(catalog);
      Recording.write(connection, catalog, again);
    }
    try (InputStream file =
        BundledRecordings.class.getResourceAsStream("/recordings/" + name + ".copy.gz")) {
      // As bytes, not as text: a failure must not print what is in the databases.
      assertThat(Arrays.equals(unzip(file), unzip(new ByteArrayInputStream(again.toByteArray()))))
          .isTrue();
    }
  }

  @Test
  void anUnknownNameIsAnErrorThatNamesTheKnownOnes() throws SQLException {
    try (Connection connection = TestPostgres.createDatabase("unknown").connect()) {
      assertThatThrownBy(() -> BundledRecordings.restore("synapse-94", connection))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "There is no recording 'synapse-94'; there are dendrite-0.13.8, dendrite-0.15.2.");
    }
  }

  private static Map<String, Long> counted(Connection connection, Catalog catalog)
      throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (String table : catalog.tableNames()) {
      counts.put(table, number(connection, "SELECT count(*) FROM " + table));
    }
    return counts;
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (ResultSet row = connection.createStatement().executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The text, because how it is compressed is the business of the Java in use. */
  private static byte[] unzip(InputStream file) throws IOException {
    try (GZIPInputStream zip = new GZIPInputStream(file)) {
      return zip.readAllBytes();
    }
  }
}
