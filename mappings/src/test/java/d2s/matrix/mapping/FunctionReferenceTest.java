package d2s.matrix.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.expression.Compiled;
import d2s.engine.expression.ExpressionCompiler;
import d2s.engine.expression.Scope;
import d2s.engine.function.FunctionTable;
import d2s.engine.function.Json;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.SourceText;
import d2s.engine.yaml.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/reference/functions.md has every function that an expression can call, with examples. */
class FunctionReferenceTest {

  private static final String REFERENCE = reference();
  private static final FunctionTable FUNCTIONS = FunctionTable.load();
  private static final ExpressionCompiler COMPILER = new ExpressionCompiler(FUNCTIONS);

  /** A function with its parameters, what it answers, and examples. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(?:(\\w+):)?(\\w+)\\(([^)]*)\\)` \\| (.+) \\| (.+) \\|$");

  private static final Pattern EXAMPLE = Pattern.compile("`([^`]+)` is `([^`]+)`");

  /** A text that examples use by its name. */
  private static final Pattern TEXT = Pattern.compile("(?m)^ {4}(\\w+): (\\{.*})$");

  private static String reference() {
    try {
      return Files.readString(Path.of("..", "docs", "reference", "functions.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One row of the page. */
  private record Row(String prefix, String name, int parameters, List<Example> examples) {

    String signature() {
      return prefix + ":" + name + "/" + parameters;
    }
  }

  record Example(String expression, String result) {

    @Override
    public String toString() {
      return expression;
    }
  }

  private static List<Row> rows() {
    return ROW.matcher(REFERENCE)
        .results()
        .map(
            row ->
                new Row(
                    row.group(1) == null ? "" : row.group(1),
                    row.group(2),
                    row.group(3).isEmpty() ? 0 : row.group(3).split(",").length,
                    EXAMPLE
                        .matcher(row.group(5))
                        .results()
                        .map(one -> new Example(one.group(1), one.group(2)))
                        .toList()))
        .toList();
  }

  static List<Example> examples() {
    return rows().stream().flatMap(row -> row.examples().stream()).toList();
  }

  @Test
  void hasEveryFunctionOnceAndNoOther() {
    Set<String> functions = new TreeSet<>();
    for (String prefix : FUNCTIONS.prefixes()) {
      for (String name : FUNCTIONS.names(prefix)) {
        FUNCTIONS
            .arities(prefix, name)
            .forEach(parameters -> functions.add(prefix + ":" + name + "/" + parameters));
      }
    }

    assertThat(functions).hasSizeGreaterThan(50);
    assertThat(rows()).extracting(Row::signature).containsExactlyInAnyOrderElementsOf(functions);
  }

  @Test
  void everyFunctionHasAnExampleThatCallsIt() {
    assertThat(rows())
        .allSatisfy(
            row ->
                assertThat(row.examples())
                    .as(row.signature())
                    .anySatisfy(
                        example ->
                            assertThat(example.expression())
                                .contains(
                                    (row.prefix().isEmpty() ? "" : row.prefix() + ":")
                                        + row.name()
                                        + "(")));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theExampleComesOutAsItSays(Example example) {
    Map<String, String> texts = new LinkedHashMap<>();
    TEXT.matcher(REFERENCE).results().forEach(text -> texts.put(text.group(1), text.group(2)));
    Position nowhere = new Position(new SourceText("functions.md", example.expression()), 1, 1);
    Problems problems = new Problems();

    Compiled compiled =
        COMPILER.compile(
            new Value.Expression(example.expression(), nowhere),
            Scope.of(texts.keySet()),
            "the texts of the page",
            problems);

    assertThat(problems.sorted()).extracting(Problem::message).isEmpty();
    assertThat(shown(compiled.evaluate(texts.values().toArray()))).isEqualTo(example.result());
  }

  private static String shown(Object value) {
    return value instanceof byte[] bytes
        ? "\\x" + HexFormat.of().formatHex(bytes)
        : Json.write(value);
  }
}
