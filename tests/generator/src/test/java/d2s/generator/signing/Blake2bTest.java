package d2s.generator.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Blake2bTest {

  /** Hashes that a Dendrite has stored for states of these blocks. */
  @ParameterizedTest
  @CsvSource({
    "[1], 4059d6427fe606b45c45735991c7b76c6177d9b0ef573782aba3d979f8ceb45e",
    "[55], 2e23ce107f64f5f54430bded48c3375f629334c52cee9da385d9cb910b488a70",
    "[47], 110fb7ea3b6ac94e0375499cd5db031b9ba5ca171ef4af18d9da7354b225fbc0"
  })
  void hashesAsDendrite(String text, String hash) {
    assertThat(HexFormat.of().formatHex(Blake2b.hash(text.getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo(hash);
  }
}
