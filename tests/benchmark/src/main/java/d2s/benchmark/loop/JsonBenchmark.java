package d2s.benchmark.loop;

import d2s.engine.function.Json;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading and writing a JSON text with members of several kinds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class JsonBenchmark {

  /** Length of the longest text in it. */
  @Param({"50", "500", "5000"})
  private int length;

  private String text;
  private Object value;

  /** Makes the text. */
  @Setup
  public void write() {
    text =
        "{\"content\":{\"body\":\""
            + "word ".repeat(length / 5)
            + "\",\"kind\":\"text\"},\"depth\":17,\"names\":[\"one\",\"two\",\"three\"],"
            + "\"when\":1795501444956,\"who\":\"@somebody:example.org\",\"yes\":true}";
    value = Json.parse(text);
  }

  /** Text to values. */
  @Benchmark
  public Object parse() {
    return Json.parse(text);
  }

  /** Values to text. */
  @Benchmark
  public String serialise() {
    return Json.write(value);
  }
}
