package d2s.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.shop.MappingFiles;
import d2s.engine.shop.Shops;
import d2s.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two small databases and the mapping files between them, made anew for each test. */
abstract class ShopRuns {

  static final String LAST = "3-rest/summaries.yaml";
  static final String PEOPLE = "1-people/people.yaml";
  static final String ORDERS = "2-orders/purchases.yaml";
  static final String TOTALS = "3-rest/totals.yaml";

  @TempDir Path directory;

  MappingFiles files;
  TestDatabase kiosk;
  TestDatabase shop;
  List<String> kioskBefore;
  List<String> shopBefore;

  @BeforeEach
  void makeShops() throws SQLException {
    files = new MappingFiles(directory).withAll("kiosk-to-shop");
    kiosk = Shops.kiosk();
    shop = Shops.shop();
    remember();
  }

  @AfterEach
  void dropDatabases() throws SQLException {
    kiosk.drop();
    shop.drop();
  }

  static Map<String, Object> owner() {
    return Map.of("owner", "O'Neill");
  }

  static RunOptions options() {
    return new RunOptions(false, false, Set.of(), owner());
  }

  RunResult run(RunOptions options, Progress progress) {
    return new Migration(files.load(), kiosk.dataSource(), shop.dataSource(), options)
        .run(progress);
  }

  /** Runs the set as it was shipped. */
  RunResult runAgain() {
    files.withAll("kiosk-to-shop");
    return run(options(), Progress.silent());
  }

  void remember() throws SQLException {
    kioskBefore = kiosk.everything();
    shopBefore = shop.everything();
  }

  void assertUnchanged() throws SQLException {
    assertThat(shop.everything()).isEqualTo(shopBefore);
    assertThat(kiosk.everything()).isEqualTo(kioskBefore);
    assertThat(
            shop.rows(
                "select 1 from pg_locks where locktype = 'advisory'"
                    + " and database = (select oid from pg_database where datname = current_database())"))
        .isEmpty();
  }

  String fails() throws SQLException {
    return fails(Progress.silent());
  }

  String fails(Progress progress) throws SQLException {
    Throwable failure = catchThrowable(() -> run(options(), progress));
    assertThat(failure).isInstanceOf(MigrationFailedException.class);
    assertThat(printed(failure)).doesNotContain("hunter");
    assertUnchanged();
    return failure.getMessage();
  }

  void assertFails(String message) throws SQLException {
    assertThat(fails()).isEqualTo(message);
  }

  List<String> refused(RunOptions options) {
    Throwable failure = catchThrowable(() -> run(options, Progress.silent()));
    assertThat(failure).isInstanceOf(PreconditionFailedException.class);
    return new ArrayList<>(((PreconditionFailedException) failure).reasons());
  }

  /** The failure with its causes, as it is printed when somebody wants to know everything. */
  static String printed(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
