package d2s.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import d2s.engine.function.FunctionTable;
import d2s.engine.mapping.Mapping;
import d2s.engine.shop.MappingFiles;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Value;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Problems and failures are told at the character of the file, in all of YAML's styles. */
class ExpressionPositionTest {

  private static final String SET =
      """
      set: s
      source: { name: kiosk, marker_table: drawers }
      target: { name: shop, marker_table: shelves, version: select 1 }
      phases: { goods: Goods. }
      """;

  @TempDir private Path directory;

  private final ExpressionCompiler compiler = new ExpressionCompiler(FunctionTable.load());
  private final Problems problems = new Problems();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x: name + ‸nmae",
        "x: 'name + '' and '' + ‸nmae'",
        "x: \"name + \\\"\\u0041\\\" + ‸nmae\"",
        "x: name +\n     ‸nmae",
        "x: |\n    name +\n      'nmae' + ‸nmae",
        "x: |-\n\n    name\n    + text:‸lwer(name)",
        "x: >\n    name +\n    'a' +\n    text:‸lower(name, 1)",
        "x: >-\n    name ==\n    'a'\n    ‸count",
        "x: |\n    ‸txt:lower(name)",
      })
  void ofProblems(String let) {
    assertThat(compile(let)).isNotNull();
    assertThat(problems.sorted()).extracting(p -> p.at().toString()).containsExactly(mark);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x: 1 + ‸none",
        "x: '''a'' + ‸none'",
        "x: |\n    name +\n      'b' + ‸none",
        "x: >-\n    name +\n    'b' +\n    ‸none + 'c'",
        "x: name == 'a' ||\n     name‸.foo() == 1",
        "x: |\n    name == 'a' ? 1\n    : name‸.foo()",
      })
  void ofFailures(String let) {
    Compiled compiled = compile(let);
    assertThat(problems.sorted()).extracting(Problem::message).isEmpty();
    EvaluationException failure =
        catchThrowableOfType(
            EvaluationException.class, () -> compiled.evaluate(new Object[] {"x", 5L, null}));
    assertThat(failure.at()).hasToString(mark);
  }

  private String mark;

  private Compiled compile(String let) {
    MappingFiles files = new MappingFiles(directory).with("set.yaml", SET);
    files.with(
        "m.yaml",
        "mapping: m\nphase: goods\ndescription: A.\nfrom: { table: t }\nto: {}\nlet:\n  "
            + let
            + "\n");
    mark = files.marks().get(0);
    Mapping mapping = files.load().mappings().get(0);
    Value value = mapping.lets().get(0).value();
    return compiler.compile(value, Scope.of(List.of("name", "count", "none")), "t", problems);
  }
}
