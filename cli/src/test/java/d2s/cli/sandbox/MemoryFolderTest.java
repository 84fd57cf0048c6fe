package d2s.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary files are in memory only where nobody wants them elsewhere, and where they fit. */
class MemoryFolderTest {

  private static final Path MEMORY = Path.of("/dev/shm");

  @Test
  void itIsUsedWhereItHasRoom() throws IOException {
    assumeThat(Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).type().equals("tmpfs"))
        .as("this machine has files in memory")
        .isTrue();
    assertThat(MemoryFolder.find(MEMORY, "/tmp", null, 1)).contains(MEMORY);
    assertThat(MemoryFolder.find(MEMORY, "/tmp", null, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void theFolderThatTheUserChoseIsUsedInstead() {
    assertThat(MemoryFolder.find(MEMORY, "/var/tmp", null, 1)).isEmpty();
    assertThat(MemoryFolder.find(MEMORY, "/tmp", "/home/user/tmp", 1)).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereIsNot(@TempDir Path folder) {
    assertThat(MemoryFolder.find(folder.resolve("none"), "/tmp", null, 1)).isEmpty();
  }

  @Test
  void aFolderOnADiskIsNot(@TempDir Path folder) throws IOException {
    assumeThat(Files.getFileStore(folder).type())
        .as("temporary files are on a disk")
        .isNotEqualTo("tmpfs");
    assertThat(MemoryFolder.find(folder, "/tmp", null, 1)).isEmpty();
  }
}
