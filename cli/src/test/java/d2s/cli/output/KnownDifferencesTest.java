package d2s.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.result.Skipped;
import d2s.engine.verify.Finding;
import d2s.engine.verify.Outcome;
import d2s.engine.verify.VerificationResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownDifferencesTest {

  @ParameterizedTest
  @CsvSource({
    "3, 2, true",
    "3, 1, false",
    "3, 3, false",
    "2, 3, false",
  })
  void asManyAsWereNamedMayBeMissing(int source, int target, boolean known) {
    VerificationResult result =
        new VerificationResult(
            "counts",
            "p",
            Outcome.FAILED,
            "",
            9,
            1,
            List.of(
                new Finding(
                    "people: everybody",
                    source + " in the source, " + target + " in the target; right only if")),
            Duration.ZERO);
    assertThat(new KnownDifferences(List.of(new Skipped("people", "Cid", "r"))).explainAll(result))
        .isEqualTo(known);
    assertThat(new KnownDifferences(List.of(new Skipped("things", "Cid", "r"))).explainAll(result))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "row media_id=AbCd, AbCd, true",
    "row media_id=AbCd, d.test AbCd, true",
    "row media_id=AbCd, d.test/AbCd, true",
    "row media_id=AbCd, AbCe, false",
    "@alice:d.test PHONE, @alice:d.test PHONE, true",
    "@alice:d.test PHONE, @alice:d.test LAPTOP, false",
    "@alice:d.test PHONE, @alice:d.test, false",
    "@alice:d.test, @alice:d.test PHONE, true",
    "row a=1, 11, false",
  })
  void onlyTheSameThingIsKnown(String item, String finding, boolean known) {
    VerificationResult result =
        new VerificationResult(
            "n",
            "p",
            Outcome.FAILED,
            "",
            9,
            1,
            List.of(new Finding(finding, "is missing")),
            Duration.ZERO);

    assertThat(new KnownDifferences(List.of(new Skipped("people", item, "r"))).explainAll(result))
        .isEqualTo(known);
  }
}
