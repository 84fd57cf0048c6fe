package d2s.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A temporary PostgreSQL begins with a copy of what the first one has kept. */
class KeptClusterTest {

  private static final String CACHE = "d2s.cache";

  @TempDir private Path cache;

  private String before;

  @BeforeEach
  void useCache() {
    before = System.setProperty(CACHE, cache.toString());
  }

  @AfterEach
  void useTheOneBefore() {
    if (before == null) {
      System.clearProperty(CACHE);
    } else {
      System.setProperty(CACHE, before);
    }
  }

  @Test
  void theNextOneStartsWithACopy() throws Exception {
    startAndStop();
    Path kept = kept();
    Path mark = Files.writeString(kept.resolve("data/mark"), "mark", StandardCharsets.UTF_8);
    Files.writeString(kept.resolve("size"), sizeOf(kept.resolve("data")));

    try (TemporaryPostgres postgres = new TemporaryPostgres()) {
      postgres.start();
      assertThat(postgres.directory().resolve("data").resolve(mark.getFileName())).exists();
      postgres.createDatabase("d2s");
      try (Connection connection = postgres.connect("d2s")) {
        assertThat(connection.isValid(1)).isTrue();
      }
    }
    assertThat(kept).exists();
  }

  @Test
  void whatIsNotWholeIsMadeAgain() throws Exception {
    startAndStop();
    Path kept = kept();
    Files.writeString(kept.resolve("data/PG_VERSION"), "");
    startAndStop();
    assertThat(Files.readString(kept.resolve("data/PG_VERSION"))).isNotEmpty();
    assertThat(Files.readString(kept.resolve("size"))).isEqualTo(sizeOf(kept.resolve("data")));
  }

  private static void startAndStop() throws IOException, SQLException {
    try (TemporaryPostgres postgres = new TemporaryPostgres()) {
      postgres.start();
      postgres.createDatabase("d2s");
    }
  }

  private Path kept() throws IOException {
    try (Stream<Path> all = Files.list(cache.resolve("postgresql"))) {
      return all.filter(one -> one.getFileName().toString().startsWith("cluster-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String sizeOf(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      long files = 0;
      long bytes = 0;
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files++;
        bytes += Files.size(file);
      }
      return files + " files, " + bytes + " bytes";
    }
  }
}
