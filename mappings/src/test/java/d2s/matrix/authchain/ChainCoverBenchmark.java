package d2s.matrix.authchain;

import d2s.engine.extension.Emitter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Prints what the chain cover takes for one room of each size, in processor time. */
final class ChainCoverBenchmark {
  private static final int[] SIZES = {10_000, 100_000, 1_000_000};
  private static final int MEMBERS_PER_RULE = 200;
  private static final int RUNS = 4;

  private ChainCoverBenchmark() {}

  /** Runs the program. */
  public static void main(String... arguments) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    System.out.println("| state events | seconds | µs per event | rows |");
    System.out.println("|---:|---:|---:|---:|");
    for (int size : SIZES) {
      MemoryRoom room = MemoryRoom.of("!large:a", BigAuthChain.of(size, MEMBERS_PER_RULE));
      long best = Long.MAX_VALUE;
      long rows = 0;
      for (int run = 0; run < RUNS; run++) {
        Counter counter = new Counter();
        long start = clock.getCurrentThreadCpuTime();
        new ChainCover().group(room, counter);
        best = Math.min(best, clock.getCurrentThreadCpuTime() - start);
        rows = counter.rows;
      }
      System.out.printf("| %,d | %.3f | %.2f | %,d |%n", size, best / 1e9, best / 1e3 / size, rows);
    }
  }

  private static final class Counter implements Emitter {
    private long rows;

    @Override
    public void emit(String row, Object... values) {
      rows++;
    }

    @Override
    public void skip(String what, String reason) {
      throw new IllegalStateException(what + ": " + reason);
    }
  }
}
