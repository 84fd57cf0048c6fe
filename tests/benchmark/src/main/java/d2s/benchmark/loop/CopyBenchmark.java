package d2s.benchmark.loop;

import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType;
import d2s.engine.write.BinaryCopyEncoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encoding rows for COPY: numbers, truths, short texts and one long text. Time per row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CopyBenchmark {
  private static final int ROWS = 1_000;

  /** Length of the long text; and whether it has letters outside of ASCII. */
  @Param({"20", "1000"})
  private int length;

  @Param({"false", "true"})
  private boolean beyondAscii;

  private List<Column> columns;
  private Object[] row;

  /** Makes the row. */
  @Setup
  public void fill() {
    columns =
        List.of(
            Column.of("number", ColumnType.of("int8"), false),
            Column.of("id", ColumnType.of("text"), false),
            Column.of("yes", ColumnType.of("bool"), false),
            Column.of("none", ColumnType.of("text"), true),
            Column.of("long", ColumnType.of("text"), false));
    row =
        new Object[] {
          123_456_789L,
          "$Ibwd7yefUUdIVRryxJqljUp0w1D6Ga4R7xJUgCE2VPk",
          true,
          null,
          (beyondAscii ? "w\u00f6rd " : "word ").repeat(length / 5)
        };
  }

  /** A thousand rows into one chunk. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Object encode() {
    BinaryCopyEncoder buffer = new BinaryCopyEncoder("rows", columns);
    for (int i = 0; i < ROWS; i++) {
      buffer.startRow();
      for (int column = 0; column < row.length; column++) {
        buffer.value(columns.get(column), row[column]);
      }
      buffer.endRow();
    }
    return buffer.take();
  }
}
