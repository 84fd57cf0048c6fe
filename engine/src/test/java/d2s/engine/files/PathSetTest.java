package d2s.engine.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathSetTest {

  @Test
  void remembersManyPaths() {
    PathSet set = new PathSet();
    for (int i = 0; i < 50_000; i++) {
      assertThat(set.add("a/" + i)).isTrue();
    }
    for (int i = 0; i < 50_000; i++) {
      assertThat(set.contains("a/" + i)).isTrue();
      assertThat(set.contains("b/" + i)).isFalse();
    }
    assertThat(set.add("a/7")).isFalse();
  }
}
