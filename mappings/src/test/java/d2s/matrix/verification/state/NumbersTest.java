package d2s.matrix.verification.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

  private final Numbers numbers = new Numbers(-7);

  @Test
  void nothingIsSetAtFirst() {
    assertThat(numbers.length()).isZero();
    for (int index = -1; index < 2; index++) {
      assertThat(numbers.get(index)).isEqualTo(-7);
      assertThat(numbers.has(index)).isFalse();
    }
  }

  @Test
  void whatIsSetStaysWhateverIsSetLater() {
    for (int index = 0; index < 20; index++) {
      numbers.set(index, 100 + index);
    }
    numbers.set(50, 1);

    assertThat(numbers.get(0)).isEqualTo(100);
    assertThat(numbers.get(19)).isEqualTo(119);
    assertThat(numbers.get(50)).isEqualTo(1);
    assertThat(numbers.has(0)).isTrue();
    assertThat(numbers.has(20)).isFalse();
    assertThat(numbers.has(49)).isFalse();
    assertThat(numbers.has(51)).isFalse();
    assertThat(numbers.has(1_000)).isFalse();
  }

  @Test
  void thereIsRoomForWhatWasSetAndForTwiceAsMuch() {
    numbers.set(2, 1);
    assertThat(numbers.length()).isEqualTo(3);
    numbers.set(3, 1);
    assertThat(numbers.length()).isEqualTo(6);
    numbers.set(5, 1);
    assertThat(numbers.length()).isEqualTo(6);
  }
}
