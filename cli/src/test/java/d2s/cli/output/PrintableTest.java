package d2s.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 7, 8, 9, 10, 13, 0x1b, 0x7f, 0x9b, 0x200e, 0x202e, 0x2028, 0x2066, 0xfeff, 0xfffe,
        0xffff, 0x1fffe, 0xe0041
      })
  void whatATerminalObeysIsMadeVisible(int character) {
    String text = "a" + new String(Character.toChars(character)) + "b";

    String printable = Printable.of(text);

    assertThat(printable)
        .startsWith("a\\u")
        .endsWith("b")
        .containsIgnoringCase(Integer.toHexString(character));
    assertThat(printable.codePoints()).allMatch(c -> c >= ' ' && c < 0x7f);
  }

  @Test
  void everythingElseStays() {
    String text = "@zoë:example.org 😀 日本語 עברית \\u0041";
    assertThat(Printable.of(text)).isSameAs(text);
    assertThat(Printable.of("half \ud83d")).isEqualTo("half \\ud83d");
  }

  @Test
  void textInColourCannotEndIt() {
    assertThat(Style.BAD.of(Printable.of("x\u001b[0m"), true))
        .isEqualTo("\u001b[31mx\\u001b[0m\u001b[0m");
    assertThat(Style.BAD.of("x", false)).isEqualTo("x");
  }
}
