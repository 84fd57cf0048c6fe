package d2s.matrix.verification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdsTest {

  @Test
  void aUserOfTheServer() {
    assertThat(UserIds.isOf("@a:our.example", ":our.example")).isTrue();
    assertThat(UserIds.isOf("@a:our.example:8448", ":our.example:8448")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a:our.example", "@a:far.example", "@a:b:our.example", "@a", "", "!a:our.example"})
  void anybodyElse(String id) {
    assertThat(UserIds.isOf(id, ":our.example")).isFalse();
  }
}
