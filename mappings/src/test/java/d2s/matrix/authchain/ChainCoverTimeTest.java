package d2s.matrix.authchain;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.extension.Emitter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The time for a room grows with its size, not faster: ten times the events may take up to five
 * times as long each, for a bigger room leaves the processor's caches, but not ten times.
 */
class ChainCoverTimeTest {
  @Test
  void aRoomWithManyMembersTakesTimeInProportion() {
    assertProportional(
        MemoryRoom.of("!small:a", BigAuthChain.of(30_000, 200)),
        MemoryRoom.of("!large:a", BigAuthChain.of(300_000, 200)));
  }

  @Test
  void aRoomThatIsAllForksTakesTimeInProportion() {
    assertProportional(
        MemoryRoom.of("!small:a", forks(10_000)), MemoryRoom.of("!large:a", forks(100_000)));
  }

  /** Events that name ten others each, from anywhere before them: no auth event implies another. */
  private static List<StateEvent> forks(int size) {
    Random random = new Random(2);
    List<StateEvent> events = new ArrayList<>();
    for (int number = 0; number < size; number++) {
      List<String> authEvents = new ArrayList<>();
      for (int edge = 0; edge < Math.min(10, number); edge++) {
        authEvents.add(events.get(random.nextInt(number)).id());
      }
      events.add(
          new StateEvent("$%043d".formatted(number), "type", "" + number % 999, false, authEvents));
    }
    return events;
  }

  private static void assertProportional(MemoryRoom small, MemoryRoom large) {
    double perSmall = nanosecondsPerEvent(small);
    double perLarge = nanosecondsPerEvent(large);
    assertThat(perLarge)
        .as(
            "ns per event with %d events; with %d it is %.0f",
            large.events().size(), small.events().size(), perSmall)
        .isLessThan(5 * perSmall);
  }

  /** The processor time of the best of several runs: what else the machine does must not count. */
  private static double nanosecondsPerEvent(MemoryRoom room) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    double best = Double.MAX_VALUE;
    for (int run = 0; run < 4; run++) {
      Counter counter = new Counter();
      long start = clock.getCurrentThreadCpuTime();
      new ChainCover().group(room, counter);
      long taken = clock.getCurrentThreadCpuTime() - start;
      best = Math.min(best, (double) taken / room.events().size());
      assertThat(counter.rows).isGreaterThanOrEqualTo(room.events().size());
    }
    return best;
  }

  private static final class Counter implements Emitter {
    private int rows;

    @Override
    public void emit(String row, Object... values) {
      rows++;
    }

    @Override
    public void skip(String what, String reason) {
      throw new AssertionError(what + ": " + reason);
    }
  }
}
