package d2s.matrix.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatTextTest {

  /** What Python 3 prints. */
  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "-0.0, -0.0",
    "1.0, 1.0",
    "-521, -521.0",
    "0.1, 0.1",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "1e-7, 1e-07",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "1.5e22, 1.5e+22",
    "1e100, 1e+100",
    "1152921504606846976, 1.152921504606847e+18",
    "2e-323, 2e-323",
    "4.9e-324, 5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "89971327952164.875, 89971327952164.88",
    "3637.27423095703125, 3637.2742309570312",
    "2.98023223876953125e-8, 2.9802322387695312e-08",
    "9007199254740993, 9007199254740992.0",
    "2.2250738585072014e-308, 2.2250738585072014e-308"
  })
  void isWhatPythonPrints(double number, String text) {
    assertThat(FloatText.of(number)).isEqualTo(text);
  }
}
