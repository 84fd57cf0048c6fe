package d2s.matrix.verification.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaPathsTest {

  @Test
  void theFirstLettersOfAnIdAreFolders() {
    assertThat(MediaPaths.local("abcde")).contains(Path.of("local_content/ab/cd/e"));
    assertThat(MediaPaths.remote("far.example:8448", "abcdefg"))
        .contains(Path.of("remote_content/far.example:8448/ab/cd/efg"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "", "abcd", "..cde", "ab..e", "abcd..", "abcd.", "a/cde", "abc/e", "abcd/e", "abcdü"
      })
  void anythingElseHasNoPlace(String id) {
    assertThat(MediaPaths.local(id)).isEmpty();
    assertThat(MediaPaths.remote("far.example", id)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "far/example"})
  void anOriginIsOneFolder(String origin) {
    assertThat(MediaPaths.remote(origin, "abcde")).isEmpty();
  }
}
