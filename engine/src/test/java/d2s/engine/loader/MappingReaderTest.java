package d2s.engine.loader;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.shop.MappingFiles;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Value;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which one mapping file can be wrong, with the exact place. */
class MappingReaderTest {

  private static final String SET =
      """
      set: s
      source: { name: kiosk, marker_table: drawers }
      target: { name: shop, marker_table: shelves, version: select 1 }
      phases: { goods: Goods. }
      """;

  private static final String HEAD = "mapping: m\nphase: goods\ndescription: A.\n";

  @TempDir private Path directory;

  static Stream<Arguments> mistakes() {
    return Stream.of(
        // Keys
        mistake("‸form: { table: t }\nto: {}\n", "unknown key form; did you mean from?"),
        mistake("from: { table: t }\n‸from: { table: u }\nto: {}\n", "the key from stands twice"),
        mistake("from: { ‸tabel: t, sql: select 1 }\nto: {}\n", "unknown key tabel; did you mean"),
        mistake("to:\n  t:\n    a: 1\n    ‸a: 2\n", "the key a stands twice in this mapping"),
        mistake("to:\n  t: { a: { value: 1, ‸valeu: 2 } }\n", "unknown key valeu; did you mean"),
        mistake("to:\n  t: { a: ‸{ shop: '>1' } }\n", "the key value is missing"),
        mistake("to: {}\n? ‸[a, b]\n: c\n", "a key must be a single word"),
        mistake("skip: [ ‸{ when: a, item: b } ]\n", "the key reason is missing"),
        mistake("skip: { when: a, item: b, reason: r, ‸wen: c }\n", "unknown key wen; did you"),
        mistake("sequences: { s: { value: '1', ‸x: 1 } }\n", "unknown key x"),
        mistake("expect: { e: { target: select 1, ‸sorce: x } }\n", "unknown key sorce; did you"),
        // Shapes
        mistake("from: ‸[ a ]\nto: {}\n", "from must be a mapping of keys to values"),
        mistake("to: ‸goods\n", "to must be a mapping of keys to values"),
        mistake("to: { t: ‸goods }\n", "t must be a mapping of keys to values"),
        mistake("to: { t: [ { a: 1 }, ‸2 ] }\n", "t must be a mapping of keys to values"),
        mistake("to: { t: { a: ‸[ 1 ] } }\n", "a must be an expression or a constant"),
        mistake("to: {}\ndepends_on: [ ‸[ x ] ]\n", "depends_on must be a text"),
        mistake("to: {}\nlet: { a: ‸{ b: c } }\n", "a must be an expression or a constant"),
        mistake("to: { t: { when: ‸{ a: b } } }\n", "when must be a text"),
        mistake("derive: { t: ‸{ a: b } }\n", "the key from is missing"),
        mistake("derive: { t: { from: ‸[ u ], a: b } }\n", "from must be a text"),
        mistake("update: { t: { a: ‸[ 1 ] } }\n", "a must be a text"),
        mistake("to: {}\nlookups: { l: ‸[ a ] }\n", "l must be a mapping of keys to values"),
        // Nothing where something must stand
        mistake("from: { ‸table: }\nto: {}\n", "table has no value"),
        mistake("to: { t: { ‸a: } }\n", "a has no value; write null if that is meant"),
        mistake("sequences: { ‸s: '' }\n", "s has no value"),
        mistake("expect: { ‸e: }\n", "e has no value"),
        mistake("from: { table: t }\n", "this mapping does nothing: say one of to, files, derive,"),
        // Relations and lookups
        mistake("from: ‸{ table: t, sql: select 1 }\nto: {}\n", "say exactly one of table:"),
        mistake("from: ‸{}\nto: {}\n", "say exactly one of table:"),
        mistake("from: { sql: select 1, ‸where: a }\nto: {}\n", "where: belongs to table:"),
        mistake("to: {}\nlookups: { l: ‸{ key: a } }\n", "say exactly one of table:"),
        mistake("to: {}\nlookups: { l: ‸{ sql: a, target: b, key: a } }\n", "say exactly one of"),
        mistake("to: {}\nlookups: { ‸l-1: { sql: a, key: a } }\n", "l-1 is not a name"),
        mistake("to: {}\nlet: { ‸two words: a }\n", "two words is not a name"),
        mistake("to: { t: { for_each: ‸x of list, a: x } }\n", "write for_each: NAME in LIST"),
        mistake("expect: { e: ‸{ source: a, target: b } }\n", "say one of source: and target:"),
        mistake("counts: { c: { source: a, target: b, ‸of: c } }\n", "unknown key of"),
        mistake("counts: { c: ‸{ source: a } }\n", "the key target is missing"),
        mistake("counts: { c: ‸select 1 }\n", "c must be a mapping of keys to values"),
        mistake(
            "from: { sql: select a, ‸b from t }\nto: {}\n",
            "unknown key b from t (known here: optional, sql, table, target, where); a comma ends a"
                + " text in { }: put it in quotes"),
        // Hooks
        mistake("hook: H\nfrom: { group_by: a, r: ‸b }\nto: {}\n", "r must be a mapping of keys"),
        mistake("hook: H\n‸let: { a: b }\nto: {}\n", "let: belongs to a mapping without hook"),
        mistake(
            "hook: H\nfrom: { r: { table: t, ‸group_by: a } }\nto: {}\n", "unknown key group_by"),
        mistake("from: { table: t, ‸group_by: a }\nto: {}\n", "unknown key group_by"),
        // Gates
        mistake("to: {}\nshop: ‸newest\n", "not a version range: newest; write for example '>=92'"),
        mistake("to: { t: { a: 1, shop: '‸>= 92' } }\n", "not a version range: >= 92"),
        mistake("to: { t: { a: { value: 1, shop: ‸92 } } }\n", "not a version range: 92"),
        mistake("to: {}\n‸kiosk: '>1'\n", "unknown key kiosk"),
        // Constants that YAML reads otherwise than people do
        mistake("to: { t: { a: ‸yes } }\n", "write true or false; a column of the name yes"),
        mistake("to: { t: { a: ‸off } }\n", "write true or false; a column of the name off"),
        mistake("to: { t: { a: ‸010 } }\n", "not a decimal number: 010"),
        mistake("to: { t: { a: ‸0x1f } }\n", "not a decimal number: 0x1f"),
        mistake("to: { t: { a: ‸1_000 } }\n", "not a decimal number: 1_000"),
        mistake("to: { t: { a: ‸12:30 } }\n", "not a decimal number: 12:30"),
        mistake("to: { t: { a: ‸.inf } }\n", "not a decimal number: .inf"),
        mistake("to: { t: { a: ‸99999999999999999999 } }\n", "a number that no column can hold"),
        mistake("to: { t: { a: ‸2024-05-06 } }\n", "a date is not a constant; for a text write"),
        // More of YAML than the language has
        mistake("to: { t: ‸&one { a: 1 }, u: ‸*one }\n", "the anchor &one is not part of the"),
        mistake("to: { t: { a: ‸!!int '1' } }\n", "a tag is not part of the language"),
        mistake("to: ‸!!java.net.URL [x]\n", "a tag is not part of the language"),
        mistake("to: {}\n‸---\nmapping: n\n", "not YAML: but found another document"),
        mistake("to: {}\n‸\ta: 1\n", "not YAML"),
        mistake("to: { a: 1 b‸: 2\n", "not YAML"),
        mistake("to: {}\ndescription: ‸\u0007\n", "not YAML: the character U+0007 is not allowed"));
  }

  private static Arguments mistake(String rest, String message) {
    return Arguments.of(rest, message);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isReportedAtItsPlace(String rest, String message) {
    MappingFiles files = new MappingFiles(directory).with("set.yaml", SET);
    files.with("dir/m.yaml", HEAD + rest);

    assertThat(files.problems()).isNotEmpty();
    Problem problem = files.problems().get(0);
    assertThat(problem.message()).startsWith(message);
    assertThat(problem.at())
        .hasToString(files.marks().isEmpty() ? "dir/m.yaml:1:1" : files.marks().get(0));
  }

  @Test
  void nestingIsLimited() {
    MappingFiles files = new MappingFiles(directory).with("set.yaml", SET);
    files.with("m.yaml", HEAD + "to: " + "{ a: ".repeat(30) + "1" + " }".repeat(30) + "\n");

    assertThat(files.problems())
        .extracting(Problem::message)
        .containsExactly("nested more than 20 levels deep");
  }

  @Test
  void columnsNamedLikeBooleansCanBeUsedInQuotes() {
    MappingFiles files = new MappingFiles(directory).with("set.yaml", SET);
    files.with("m.yaml", HEAD + "from: { table: t }\nto: { t: { on: 'on', \"yes\": \"yes\" } }\n");

    assertThat(files.load().mappings().get(0).to().get(0).columns())
        .extracting(column -> ((Value.Expression) column.value()).text())
        .containsExactly("on", "yes");
  }
}
