package d2s.matrix.verification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InternerTest {

  @Test
  void numbersTextsInTheOrderOfTheirFirstMention() {
    Interner interner = new Interner();

    assertThat(interner.size()).isZero();
    assertThat(interner.of("a")).isZero();
    assertThat(interner.of("b")).isEqualTo(1);
    assertThat(interner.of("a")).isZero();
    assertThat(interner.size()).isEqualTo(2);
    assertThat(interner.text(1)).isEqualTo("b");
    assertThat(interner.find("b")).isEqualTo(1);
    assertThat(interner.find("c")).isEqualTo(Interner.NONE);
    assertThat(interner.size()).isEqualTo(2);
  }
}
