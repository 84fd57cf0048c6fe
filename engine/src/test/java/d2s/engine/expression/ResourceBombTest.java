package d2s.engine.expression;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.function.FunctionTable;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.SourceText;
import d2s.engine.yaml.Value;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One expression over a hostile value takes neither all memory nor all time. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ResourceBombTest {

  @Test
  void aTextThatIsJoinedAgainAndAgainStaysBounded() {
    String text = "x".repeat(1024 * 1024);
    String joined = "t" + " + t".repeat(200);

    assertThatThrownBy(() -> evaluate(joined, text))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("the text gets longer than 67108864 characters");
  }

  @Test
  void numbersOfAHugeExponentAreAddedAndComparedAtOnce() {
    for (String expression :
        List.of("json(t)[0] + 1 > 5", "json(t)[0] * json(t)[0] > 5", "'' + json(t)[0]")) {
      evaluate(expression, "[1e99999999]");
    }
  }

  @Test
  void aPatternThatInvitesBacktrackingEnds() {
    evaluate("t =~ '^(a+)+$'", "a".repeat(5_000) + "!");
  }

  private static Object evaluate(String expression, String text) {
    Problems problems = new Problems();
    Compiled compiled =
        new ExpressionCompiler(FunctionTable.load())
            .compile(
                new Value.Expression(
                    expression, new Position(new SourceText("a.yaml", expression), 1, 1)),
                Scope.of(List.of("t")),
                "rows",
                problems);
    problems.throwIfAny();
    return compiled.evaluate(new Object[] {text});
  }
}
