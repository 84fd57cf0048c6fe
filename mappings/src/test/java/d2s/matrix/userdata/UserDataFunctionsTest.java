package d2s.matrix.userdata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserDataFunctionsTest {

  private final UserDataFunctions userdata = new UserDataFunctions();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " { \"a\" : [1, 2.5, null, true] } ",
        "[]",
        "\"text\"",
        "17",
        "null",
        "{\"s\":\"a\\u0000b\"}",
        "{\"half\":\"\\ud800\"}",
        "{\"n\":9007199254740993, \"huge\":1234567890123456789012345678901234567890}",
        "{\"tiny\":1e-400}",
      })
  void whatPythonCanReadIsReadable(String json) {
    assertThat(userdata.isReadable(json)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{",
        "{}{}",
        "{} x",
        "{'a':1}",
        "NaN",
        "[1,]",
        "{\"n\":1e400}",
        "{\"n\":-1E+999}",
      })
  void whatPythonCannotReadIsNot(String json) {
    assertThat(userdata.isReadable(json)).isFalse();
  }

  @Test
  void depthAndLengthOfNumbersHaveBounds() {
    assertThat(userdata.isReadable("[".repeat(500) + "]".repeat(500))).isTrue();
    assertThat(userdata.isReadable("[".repeat(501) + "]".repeat(501))).isFalse();
    assertThat(userdata.isReadable("9".repeat(4300))).isTrue();
    assertThat(userdata.isReadable("9".repeat(4301))).isFalse();
    assertThat(userdata.isReadable(null)).isFalse();
  }

  @Test
  void tagsKeepTheirOrderAsNumber() {
    assertThat(
            userdata.tags("{\"tags\":{\"m.favourite\":{\"order\":0.25},\"u.w\":{\"order\":1e-7}}}"))
        .containsEntry("m.favourite", "{\"order\":0.25}")
        .containsEntry("u.w", "{\"order\":1E-7}")
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"tags\":{}}", "{\"tags\":null}", "{\"tags\":[\"a\"]}", "{}", "[]", "no", "1"})
  void contentWithoutTagsHasNone(String content) {
    assertThat(userdata.tags(content)).isEmpty();
    assertThat(userdata.ignoredUsers(content, "@a:x")).isEmpty();
  }

  @Test
  void aTagThatIsNoObjectIsEmptyAndAStrangeNameIsMadeStorable() {
    assertThat(userdata.tags("{\"tags\":{\"a\\u0000b\":7,\"c\":{\"order\":\"0.5\"}}}"))
        .containsEntry("a\uFFFDb", "{}")
        .containsEntry("c", "{\"order\":\"0.5\"}")
        .hasSize(2);
  }

  @Test
  void nobodyIgnoresThemself() {
    assertThat(
            userdata.ignoredUsers(
                "{\"ignored_users\":{\"@b:x\":{},\"@a:x\":{},\"@c\\u0000:x\":{},\"@d:y\":1}}",
                "@a:x"))
        .containsExactly("@b:x", "@d:y");
  }
}
