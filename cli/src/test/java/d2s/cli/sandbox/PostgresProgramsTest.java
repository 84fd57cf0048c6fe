package d2s.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL's programs are kept where nobody else can change them. */
class PostgresProgramsTest {

  @TempDir private Path temporary;

  @TempDir private Path cache;

  @Test
  void aFolderThatIsKeptIsForTheUserAlone() throws IOException {
    Path folder = PostgresPrograms.folder(cache.resolve("new").toString(), temporary);
    assertThat(folder).startsWithRaw(cache);
    assertThat(Files.getPosixFilePermissions(folder.getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(PostgresPrograms.folder(cache.resolve("new").toString(), temporary))
        .isEqualTo(folder);
  }

  @Test
  void whatOthersCanChangeIsNotUsed() throws IOException {
    Path kept = Files.createDirectory(cache.resolve("postgresql"));
    Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(PostgresPrograms.folder(cache.toString(), temporary)).startsWithRaw(temporary);
  }

  @Test
  void withoutACacheTheyGoWithTheDirectory() throws IOException {
    assertThat(PostgresPrograms.folder(null, temporary)).startsWithRaw(temporary);
    assertThat(PostgresPrograms.folder("", temporary)).startsWithRaw(temporary);
    Path file = Files.writeString(cache.resolve("file"), "no folder");
    assertThat(PostgresPrograms.folder(file.toString(), temporary)).startsWithRaw(temporary);
  }
}
