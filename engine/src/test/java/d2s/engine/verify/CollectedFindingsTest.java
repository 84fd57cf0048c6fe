package d2s.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts all of it and keeps the first hundred. */
class CollectedFindingsTest {

  private final CollectedFindings collected = new CollectedFindings();

  @Test
  void countsAllAndKeepsTheFirst() {
    for (int i = 1; i <= 101; i++) {
      collected.looked();
      collected.found("f" + i, "wrong");
      collected.noted("n" + i, "known");
    }

    assertThat(collected.checked()).isEqualTo(101);
    assertThat(collected.failed()).isEqualTo(101);
    assertThat(collected.noted()).isEqualTo(101);
    assertThat(collected.findings())
        .hasSize(100)
        .startsWith(new Finding("f1", "wrong"))
        .endsWith(new Finding("f100", "wrong"));
    assertThat(collected.notes())
        .hasSize(100)
        .startsWith(new Finding("n1", "known"))
        .endsWith(new Finding("n100", "known"));
  }

  @Test
  void tellsNoDataFromSuccessAndBothFromFailure() {
    assertThat(collected.outcome()).isEqualTo(Outcome.NO_DATA);
    collected.noted("a", "damaged before");
    assertThat(collected.outcome()).isEqualTo(Outcome.NO_DATA);
    collected.looked(1);
    assertThat(collected.outcome()).isEqualTo(Outcome.PASSED);
    collected.found("a", "wrong");
    assertThat(collected.outcome()).isEqualTo(Outcome.FAILED);
  }

  /** In bytes of UTF-8, as an index counts. */
  @Test
  void whatNoIndexCanHoldIsNoted() {
    String fits = "é".repeat(1_300);
    collected.found(fits, "wrong");
    assertThat(collected.failed()).isOne();
    collected.found(fits + "x", "wrong");

    assertThat(collected.failed()).isOne();
    assertThat(collected.findings()).isEqualTo(List.of(new Finding(fits, "wrong")));
    assertThat(collected.notes())
        .containsExactly(new Finding(fits + "x", "is too long for an index of the target"));
  }
}
