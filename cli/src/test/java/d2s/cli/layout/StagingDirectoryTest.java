package d2s.cli.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a folder for everybody, only what a killed command of this user left is removed. */
class StagingDirectoryTest {

  @TempDir private Path directory;

  private Path abandoned(String name) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(name));
    Files.createFile(folder.resolve("lock"));
    Files.createFile(folder.resolve("rows"));
    return folder;
  }

  @Test
  void whatAKilledCommandLeftIsRemoved() throws IOException {
    Path left = abandoned("d2s-staging-1");
    Path other = abandoned("other");
    try (StagingDirectory used = StagingDirectory.create(directory)) {
      assertThat(StagingDirectory.removeLeftOvers(directory)).containsExactly(left);

      assertThat(directory).isDirectoryNotContaining(path -> path.equals(left));
      assertThat(directory.toFile().list())
          .containsExactlyInAnyOrder("other", used.path().getFileName().toString());
      assertThat(other.resolve("rows")).exists();
    }
  }

  @Test
  void aLinkOfSuchANameIsLeftAlone() throws IOException {
    Path victim = abandoned("victim");
    Path link = Files.createSymbolicLink(directory.resolve("d2s-staging-2"), victim);

    assertThat(StagingDirectory.removeLeftOvers(directory)).isEmpty();
    assertThat(link).isSymbolicLink();
    assertThat(victim.resolve("rows")).exists();
  }

  @Test
  void aFolderOfAnotherUserIsLeftAlone() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    Path others = abandoned("d2s-staging-3");
    Files.setOwner(
        others,
        FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

    assertThat(StagingDirectory.removeLeftOvers(directory)).isEmpty();
    assertThat(others.resolve("rows")).exists();
    assertThat(directory.toFile().list()).containsExactly("d2s-staging-3");
  }
}
