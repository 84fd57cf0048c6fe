package d2s.matrix.verification.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The number of an event is in its name: {@code $5}. */
class WitnessesTest {

  private static Given given;
  private static Witnesses witnesses;

  @BeforeAll
  static void read() throws SQLException {
    given =
        new Given()
            .with("shown", "event_id text", "('$5'), ('$50'), ('$51'), ('$rejected')")
            .with("members", "event_nid bigint", "(5), (60)");
    witnesses = new Witnesses(Given.ROOM, given.rows());
  }

  @AfterAll
  static void close() throws SQLException {
    given.close();
  }

  private static Long number(String event) {
    return event.equals("$rejected") ? null : Long.valueOf(event.substring(1));
  }

  private static Map<String, String> lostFrom(String shown, Map<String, String> state) {
    return witnesses.lostFrom(
        state, event -> event.equals(shown) ? "key" : null, WitnessesTest::number);
  }

  @Test
  void clientsWereShownEvents() {
    assertThat(witnesses.shown()).containsExactlyInAnyOrder("$5", "$50", "$51", "$rejected");
  }

  @Test
  void whatIsNotThereIsLost() {
    assertThat(lostFrom("$50", Map.of())).isEqualTo(Map.of("key", "$50"));
    assertThat(lostFrom("$50", Map.of("key", "$rejected"))).isEqualTo(Map.of("key", "$50"));
  }

  @Test
  void whatIsThereIsNotLost() {
    assertThat(lostFrom("$50", Map.of("key", "$50"))).isEmpty();
  }

  @Test
  void whatWasRejectedOrIsNoStateIsNotLost() {
    assertThat(lostFrom("$rejected", Map.of())).isEmpty();
    assertThat(lostFrom("$other", Map.of())).isEmpty();
  }

  @Test
  void theNewerOneCounts() {
    assertThat(lostFrom("$50", Map.of("key", "$49"))).isEqualTo(Map.of("key", "$50"));
    assertThat(lostFrom("$50", Map.of("key", "$52"))).isEmpty();
    assertThat(lostFrom("$50", Map.of("key", "$050"))).isEmpty();
  }

  @Test
  void theOneOnWhichTwoTablesAgreeCountsMore() {
    assertThat(lostFrom("$5", Map.of("key", "$52"))).isEqualTo(Map.of("key", "$5"));
    assertThat(lostFrom("$5", Map.of("key", "$60"))).isEqualTo(Map.of("key", "$5"));
    assertThat(lostFrom("$51", Map.of("key", "$5"))).isEmpty();
  }
}
