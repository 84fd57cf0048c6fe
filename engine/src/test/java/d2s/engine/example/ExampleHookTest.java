package d2s.engine.example;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.result.Skipped;
import d2s.engine.run.Migration;
import d2s.engine.run.RunOptions;
import d2s.engine.shop.MappingFiles;
import d2s.engine.shop.Shops;
import d2s.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hook and the mapping of docs/howto/write-a-hook.md, run between two real databases. */
class ExampleHookTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "howto", "write-a-hook.md");

  @TempDir private Path directory;

  private TestDatabase kiosk;
  private TestDatabase shop;

  @BeforeEach
  void makeShops() throws SQLException {
    kiosk = Shops.kiosk();
    shop = Shops.shop();
  }

  @AfterEach
  void dropDatabases() throws SQLException {
    kiosk.drop();
    shop.drop();
  }

  @Test
  void theDocumentShowsTheHookAsItIsCompiled() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/d2s/engine/example/SpendingHistory.java"));
    String shown = source.substring(source.indexOf("/** How much"));

    assertThat(examples()).contains(shown);
  }

  @Test
  void theMappingOfTheDocumentRuns() throws IOException, SQLException {
    String mapping =
        examples().stream().filter(example -> example.startsWith("mapping:")).findFirst().get();
    MappingFiles files = new MappingFiles(directory).withAll("kiosk-to-shop");
    Files.writeString(totals(), mapping);

    RunResult result =
        new Migration(
                files.load(),
                kiosk.dataSource(),
                shop.dataSource(),
                new RunOptions(false, false, Set.of(), Map.of("owner", "somebody")))
            .run(Progress.silent());

    assertThat(result.committed()).isTrue();
    assertThat(shop.rows("select person_id, cents, amounts from totals order by person_id"))
        .containsExactly("1 351 {250,350,351}", "2 0 {}");
    assertThat(result.skipped())
        .contains(
            new Skipped("totals", "order 12", "the order has no price, so it counts as nothing"));
  }

  /** The file that the mapping of the document takes the place of. */
  private Path totals() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.endsWith("totals.yaml")).findFirst().orElseThrow();
    }
  }

  /** The indented parts of the document. */
  private static List<String> examples() throws IOException {
    return Pattern.compile("(?m)(?:^ {4}.*\\n)(?:^(?: {4}.*)?\\n)*")
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map(match -> match.group().replaceAll("(?m)^ {4}", "").strip() + "\n")
        .toList();
  }
}
