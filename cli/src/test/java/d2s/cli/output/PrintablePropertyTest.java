package d2s.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

/** No name can do anything to a terminal but stand in it. */
class PrintablePropertyTest {

  @Property(tries = 3_000)
  void nothingThatATerminalObeysIsLeft(@ForAll @StringLength(max = 60) String text) {
    String printable = Printable.of(text);

    assertThat(printable.codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> Character.getType(c) == Character.SURROGATE)
        .noneMatch(c -> c == 0x2028 || c == 0x2029);
    assertThat(Printable.of(printable)).isSameAs(printable);
  }
}
