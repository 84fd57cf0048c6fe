package d2s.benchmark.loop;

import d2s.engine.expression.Compiled;
import d2s.engine.expression.ExpressionCompiler;
import d2s.engine.function.FunctionTable;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.SourceText;
import d2s.engine.yaml.Value;
import java.util.List;
import java.util.Map;
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

/** One value of one row: what a bare name, a direct expression and JEXL cost. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ExpressionBenchmark {

  /**
   * A bare name; a property and a function, which need no interpreter; the same property, a choice
   * and a text by JEXL.
   */
  @Param({
    "name",
    "object.a",
    "text:emptyToNull(name)",
    "(object.a)",
    "object.a == 'x' ? name : null",
    "'a' + name"
  })
  private String expression;

  private Compiled compiled;
  private Object[] row;

  /** Compiles the expression. */
  @Setup
  public void compile() {
    Position at = new Position(new SourceText("rows.yaml", expression), 1, 1);
    Problems problems = new Problems();
    compiled =
        new ExpressionCompiler(FunctionTable.load())
            .compile(
                new Value.Expression(expression, at),
                d2s.engine.expression.Scope.of(List.of("name", "count", "object")),
                "rows",
                problems);
    row = new Object[] {"a name", 5L, Map.of("a", "x", "b", "y")};
    if (!problems.isEmpty()) {
      throw new IllegalStateException("the expression is wrong: " + expression);
    }
  }

  /** Evaluates it. */
  @Benchmark
  public Object evaluate() {
    return compiled.evaluate(row);
  }
}
