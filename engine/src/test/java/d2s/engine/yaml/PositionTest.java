package d2s.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.shop.MappingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A character of an expression is found in the file, however YAML has written the expression. */
class PositionTest {

  private static final String SET =
      """
      set: s
      source: { name: kiosk, marker_table: drawers }
      target: { name: shop, marker_table: shelves, version: select 1 }
      phases: { goods: Goods. }
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: first + ‸target\n",
        "a: first +\n        ‸target\n",
        "a: first\n\n        + ‸target + more\n",
        "a:\n        first + ‸target\n",
        "a: 'first + ‸target'\n",
        "a: ' first + ‸target '\n",
        "a: '''it''''s'' + ‸target + ''x'''\n",
        "a: 'first +\n\n          ''x'' + ‸target'\n",
        "a: \"first + ‸target\"\n",
        "a: \"'\\u00e9\\x41\\\"\\\\' + ‸target\"\n",
        "a: \"first +\\n\\t ‸target\"\n",
        "a: \"first + \\\n        ‸target\"\n",
        "a: |\n        first +\n          ‸target\n",
        "a: |-  # why\n\n\n        first\n        + 'x'   + ‸target\n",
        "a: |2\n        first + ‸target\n",
        "a: >\n        first +\n        'y'\n\n        + ‸target\n",
        "a: >-\n        first + ‸target\n",
        "? a\n      : first + ‸target\n",
        "a: ünïcödé + ‸target\n",
        "\"a\": [x]\n      b: first + ‸target\n",
      })
  void isFound(String column) {
    MappingFiles files = new MappingFiles(directory).with("set.yaml", SET);
    String before = "mapping: m\nphase: goods\ndescription: A.\nfrom: { table: t }\nto:\n  t:\n";
    files.with(
        "m.yaml", before + "    c: 1\n    d: 2\n    " + column.replace("\n      ", "\n    "));

    Problems problems = new Problems();
    YamlObject yaml = read(files, problems);
    YamlObject block = yaml.object("to").object("t");
    String key = block.has("b") ? "b" : "a";
    Value.Expression expression = (Value.Expression) block.value(key);
    int index = expression.text().indexOf("target");

    assertThat(expression.at().inside(expression.text(), index)).hasToString(files.marks().get(0));
  }

  private YamlObject read(MappingFiles files, Problems problems) {
    try {
      String text = Files.readString(files.directory().resolve("m.yaml"));
      return new YamlFile(new SourceText("m.yaml", text), problems).read().orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
