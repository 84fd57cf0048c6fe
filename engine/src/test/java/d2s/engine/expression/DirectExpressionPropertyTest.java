package d2s.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.function.FunctionTable;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.SourceText;
import d2s.engine.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** An expression that goes without JEXL means what JEXL makes of it, whatever the values are. */
class DirectExpressionPropertyTest {

  private static final List<String> NAMES = List.of("a", "b", "text", "map", "known");

  private final FunctionTable functions = FunctionTable.load();
  private final ExpressionCompiler direct = new ExpressionCompiler(functions, true);
  private final ExpressionCompiler interpreted = new ExpressionCompiler(functions, false);

  @Property(tries = 3_000)
  void jexlSaysTheSame(@ForAll("expressions") String text, @ForAll("frames") Object[] frame) {
    Scope scope = new Scope();
    NAMES.forEach(scope::add);
    boolean plain = DirectExpression.compile(text, scope, functions).isPresent();
    Statistics.label("without JEXL").collect(plain);

    Outcome expected = outcome(interpreted, text, scope, frame);
    Statistics.label("fails").collect(expected.failure() != null);
    assertThat(outcome(direct, text, scope, frame)).as(text).isEqualTo(expected);
  }

  /** What an expression answers, or why it fails. Integers of both widths are the same. */
  private record Outcome(Object value, String failure, List<String> problems) {}

  private static Outcome outcome(
      ExpressionCompiler compiler, String text, Scope scope, Object[] frame) {
    Problems problems = new Problems();
    Position at = new Position(new SourceText("x.yaml", text), 1, 1);
    Compiled compiled =
        compiler.compile(new Value.Expression(text, at), scope, "the row", problems);
    List<String> messages = new ArrayList<>();
    problems.sorted().forEach(problem -> messages.add(problem.toString()));
    try {
      Object value = compiled.evaluate(frame.clone());
      return new Outcome(value instanceof Integer i ? (Long) i.longValue() : value, null, messages);
    } catch (EvaluationException e) {
      return new Outcome(null, e.at() + " " + e.getMessage(), messages);
    }
  }

  @Provide
  Arbitrary<Object[]> frames() {
    Arbitrary<Object> values =
        Arbitraries.of(
            null,
            true,
            false,
            0L,
            1L,
            7L,
            1,
            -3L,
            "",
            "x",
            "7",
            1.5,
            List.of("x"),
            Map.of("k", 1L));
    LookupTable known = new LookupTable();
    known.put(List.of("x"), 7L);
    known.put(List.of(7L), "x");
    known.put(List.of("x", 1L), true);
    return Combinators.combine(values, values, values)
        .as(
            (a, b, text) -> {
              Map<String, Object> map = new java.util.HashMap<>();
              map.put("k", a);
              map.put("none", null);
              return new Object[] {a, b, text, map, known};
            });
  }

  @Provide
  Arbitrary<String> expressions() {
    return expression(3);
  }

  private static Arbitrary<String> expression(int depth) {
    Arbitrary<String> leaf =
        Arbitraries.of(
            "a",
            "b",
            "text",
            "map.k",
            "map.none",
            "map.missing",
            "null",
            "true",
            "false",
            "0",
            "1",
            "7",
            "'x'",
            "\"x\"",
            "''",
            "known.has('x')",
            "known.get(b)",
            "known.has(a, b)");
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<String> inner = expression(depth - 1);
    Arbitrary<String> operator =
        Arbitraries.of("==", "!=", "<", ">", "<=", ">=", "&&", "||", "+", "-", "and", "eq");
    return Arbitraries.oneOf(
        leaf,
        Combinators.combine(inner, operator, inner).as((l, o, r) -> l + " " + o + " " + r),
        Combinators.combine(inner, inner, inner).as((c, l, r) -> c + " ? " + l + " : " + r),
        inner.map(e -> "(" + e + ")"),
        inner.map(e -> "not " + e),
        inner.map(e -> "!" + e),
        Combinators.combine(inner, inner).as((l, r) -> "text:before(" + l + ", " + r + ")"),
        inner.map(e -> "toJson(" + e + ")"),
        Combinators.combine(inner, inner).as((l, r) -> "known.get(" + l + "," + r + ")"));
  }

  /** The shapes that the mapping files of a large run evaluate most. */
  @Property(tries = 1)
  void plainShapesGoWithoutJexl() {
    Scope scope = new Scope();
    NAMES.forEach(scope::add);
    for (String text :
        List.of(
            "a && map.k != null",
            "a ? \"auth_error\" : null",
            "known.has(a, map.k) ? 1 : 0",
            "not known.has(a)",
            "a != null && b == 'x'",
            "a || b && text > 7",
            "!a || (b == null)",
            "toJson(a) == null ? null : toJson(b)")) {
      assertThat(DirectExpression.compile(text, scope, functions))
          .as(text)
          .isNotEqualTo(Optional.empty());
    }
    for (String text : List.of("a + b", "a =~ b", "a ?: b", "a ?? b", "a.k[0]", "size(a)", "-a")) {
      assertThat(DirectExpression.compile(text, scope, functions))
          .as(text)
          .isEqualTo(Optional.empty());
    }
  }
}
