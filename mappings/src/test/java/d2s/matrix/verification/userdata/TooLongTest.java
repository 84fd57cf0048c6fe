package d2s.matrix.verification.userdata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TooLongTest {

  @Test
  void whatFitsBesideAUserAndARoomIsNot() {
    assertThat(TooLong.is("")).isFalse();
    assertThat(TooLong.is("x".repeat(2_090))).isFalse();
    assertThat(TooLong.is("x".repeat(2_091))).isTrue();
  }

  @Test
  void bytesCount() {
    assertThat(TooLong.is("ü".repeat(1_045))).isFalse();
    assertThat(TooLong.is("ü".repeat(1_046))).isTrue();
  }
}
