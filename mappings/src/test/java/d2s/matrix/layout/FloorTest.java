package d2s.matrix.layout;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.Fact;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.catalog.SqliteCopy;
import d2s.matrix.migration.MigratedRecording;
import d2s.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * On SQLite each number of a client's token is counted for itself. No stream of Synapse may begin
 * below any of them.
 */
class FloorTest {

  private static final long FAR = 7_000_000;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "1 events,              syncapi.db,   update syncapi_stream_id set stream_id = ? where stream_name = 'global'",
    "3 receipts,            syncapi.db,   update syncapi_stream_id set stream_id = ? where stream_name = 'receipt'",
    "4 messages to devices, syncapi.db,   update sqlite_sequence set seq = ? where name = 'syncapi_send_to_device'",
    "5 invites,             syncapi.db,   update syncapi_stream_id set stream_id = ? where stream_name = 'invite'",
    "6 account data,        syncapi.db,   update syncapi_stream_id set stream_id = ? where stream_name = 'accountdata'",
    "7 device lists,        keyserver.db, update sqlite_sequence set seq = ? where name = 'keyserver_key_changes'",
    "8 unread counts,       syncapi.db,   update syncapi_stream_id set stream_id = ? where stream_name = 'notification'",
    "9 presence,            syncapi.db,   update syncapi_stream_id set stream_id = ? where stream_name = 'presence'",
  })
  void isAboveEveryNumberOfAToken(String number, String file, String change) throws Exception {
    Path files = Files.createDirectory(directory.resolve("files"));
    TestDatabase whole = MigratedRecording.restored("dendrite-0.13.8");
    try (Connection connection = whole.connect()) {
      SqliteCopy.write(
          connection, BundledCatalogs.read("dendrite-0.13.8"), StagedDatabase.LAYOUTS, files);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + files.resolve(file));
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(change.replace("?", Long.toString(FAR)))).isPositive();
    }

    TestDatabase staged = StagedDatabase.ofFiles(files, directory).database();

    assertThat(Long.parseLong(staged.rows(floor()).get(0))).as(number).isGreaterThanOrEqualTo(FAR);
  }

  private static String floor() {
    for (Fact fact : MappingSetLoader.loadResources("dendrite-to-synapse").facts()) {
      if (fact.name().value().equals("floor")) {
        return fact.sql().value();
      }
    }
    throw new AssertionError("there is no fact floor");
  }
}
