package d2s.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import d2s.engine.function.FunctionTable;
import d2s.engine.function.Json;
import d2s.engine.shop.MappingFiles;
import d2s.engine.shop.ShopFunctions;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.SourceText;
import d2s.engine.yaml.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an expression can say, and that it can do nothing else. */
class ExpressionCompilerTest {

  private static final String SECRET = "hunter2 & <key>";
  private static final List<String> NAMES =
      List.of(
          "name", "count", "none", "yes", "no", "object", "list", "numbers", "prices", "secret",
          "money");

  private final ExpressionCompiler compiler = new ExpressionCompiler(FunctionTable.load());
  private final Problems problems = new Problems();

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("name", "Zoë"),
        Arguments.of("none", null),
        Arguments.of("'text'", "text"),
        Arguments.of("\"it's\"", "it's"),
        Arguments.of("'it\\'s'", "it's"),
        Arguments.of("''", ""),
        Arguments.of("'a' + name", "aZoë"),
        Arguments.of("name + count", "Zoë5"),
        Arguments.of("'' + count", "5"),
        Arguments.of("'' + yes", "true"),
        Arguments.of("'5' + 2", "52"),
        Arguments.of("count / 2", 2L),
        Arguments.of("count % 2", 1L),
        Arguments.of("-count", -5L),
        Arguments.of("count * 1.5", 7.5),
        Arguments.of("2147483647 + 1", 2147483648L),
        Arguments.of("9223372036854775807 + 1", new BigInteger("9223372036854775808")),
        Arguments.of("count == 5", true),
        Arguments.of("count == 5.0", true),
        Arguments.of("name == 'Zoë' && count > 4", true),
        Arguments.of("not yes or no", false),
        Arguments.of("name < 'a'", true),
        Arguments.of("none == null", true),
        Arguments.of("name != null", true),
        Arguments.of("none == null ? 1 : 2", 1),
        Arguments.of("none ? 1 : 2", 2),
        Arguments.of("none ?? 'else'", "else"),
        Arguments.of("object.a", "x"),
        Arguments.of("object['a']", "x"),
        Arguments.of("object.missing", null),
        Arguments.of("object.missing == null", true),
        Arguments.of("object.numbers[1]", 2L),
        Arguments.of("size(object.numbers)", 3),
        Arguments.of("empty(none)", true),
        Arguments.of("name.length()", 3),
        Arguments.of("name.startsWith('Z')", true),
        Arguments.of("name =~ 'Z.*'", true),
        Arguments.of("name =~ ['Zoë', 'Ann']", true),
        Arguments.of("count =~ [1, 5]", true),
        Arguments.of("count !~ [1, 5]", false),
        Arguments.of("count =~ [1, 6]", false),
        Arguments.of("numbers[0] =~ numbers", true),
        Arguments.of("none =~ [1, 5]", false),
        Arguments.of("'a' =~ object", true),
        Arguments.of("list.size()", 2),
        Arguments.of("numbers[0]", 7L),
        Arguments.of("prices.has('apple')", true),
        Arguments.of("prices.get('apple')", 30L),
        Arguments.of("prices.get('pear')", null),
        Arguments.of("text:lower(name)", "zoë"),
        Arguments.of("text:before('a:b', ':') + text:after('a:b', ':')", "ab"),
        Arguments.of("shop:sum(1, 2) + shop:sum(1, 2, 3)", 9L),
        Arguments.of("shop:money(250).cents", 250L),
        Arguments.of("money.cents", 250L),
        Arguments.of("shop:sum(money.cents, count)", 255L),
        Arguments.of("shop:money(250).inWords('EUR')", "2 EUR"),
        Arguments.of("toJson(object)", "{\"a\":\"x\",\"numbers\":[1,2,3]}"),
        Arguments.of("json('{\"k\": 1.50}').k", new BigDecimal("1.50")),
        Arguments.of("asText(object.a) + asText(name)", "xZoë"),
        Arguments.of("asList(object)[0].key", "a"),
        Arguments.of("name // the name: it's fine, unknown(", "Zoë"),
        Arguments.of("count ## unknown(", 5L));
  }

  @ParameterizedTest
  @MethodSource("values")
  void gives(String expression, Object value) {
    assertThat(evaluate(expression)).isEqualTo(value);
  }

  @Test
  void constantsAreThemselves() {
    for (Object constant : new Object[] {5L, 1.5, true, null}) {
      Value value = new Value.Constant(constant, at("x"));
      assertThat(compiler.compile(value, scope(), "goods", problems).evaluate(row()))
          .isEqualTo(constant);
    }
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        // Null is never passed over.
        Arguments.of("none + 1", "none is null"),
        Arguments.of("name + none", "none is null"),
        Arguments.of("none > 1", "none is null"),
        Arguments.of("not none", "none is null"),
        Arguments.of("none && yes", "must be true or false, not null"),
        Arguments.of("none.length", "the property length of null was asked for"),
        Arguments.of("none?.length", "the property length of null was asked for"),
        Arguments.of("object.missing.deeper", "there is no property missing"),
        // Nothing is converted but by + with a text.
        Arguments.of("secret * 2", "* needs numbers, not a text and a number"),
        Arguments.of("count - secret", "- needs numbers, not a number and a text"),
        Arguments.of("-secret", "- needs a number, not a text"),
        Arguments.of("yes + 1", "cannot add a boolean and a number"),
        Arguments.of("secret + object", "cannot add a text and an object"),
        Arguments.of("secret + list", "cannot add a text and a list"),
        Arguments.of("count == secret", "cannot compare a number and a text"),
        Arguments.of("secret == 5", "cannot compare a text and a number"),
        Arguments.of("secret < 5", "cannot compare a text and a number"),
        Arguments.of("yes == 1", "cannot compare a boolean and a number"),
        Arguments.of("secret && yes", "must be true or false, not a text"),
        Arguments.of("secret ? 1 : 2", "must be true or false, not a text"),
        Arguments.of("count ? 1 : 2", "must be true or false, not a number"),
        Arguments.of("not count", "must be true or false, not a number"),
        Arguments.of("1 .. secret", ".. needs numbers, not a number and a text"),
        Arguments.of("count / (count - count)", "division by zero"),
        Arguments.of("count % (count - count)", "division by zero"),
        // What is not there is never null.
        Arguments.of("secret.foo", "there is no property foo"),
        Arguments.of("secret.foo()", "there is no foo() that can be called here"),
        Arguments.of("text:lower(count)", "there is no lower(number) that can be called here"),
        Arguments.of("list[9]", "there is no property 9"),
        // Functions explain themselves; Java's own explanations quote values.
        Arguments.of("json(secret)", "not JSON (at character 1)"),
        Arguments.of("shop:refuse(secret)", "the value is not a code of ours"),
        Arguments.of("shop:number(secret)", "it cannot be evaluated (NumberFormatException)"),
        Arguments.of(
            "secret.substring(99)", "it cannot be evaluated (StringIndexOutOfBoundsException)"),
        Arguments.of("name =~ secret + '['", "the operator =~ cannot be used with these values"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failsWithoutNamingTheValue(String expression, String message) {
    Compiled compiled = compile(expression);
    assertThat(problems.sorted()).isEmpty();

    assertThatThrownBy(() -> compiled.evaluate(row()))
        .isInstanceOf(EvaluationException.class)
        .hasMessage(message)
        .hasNoCause()
        .satisfies(failure -> assertThat(((EvaluationException) failure).at().line()).isEqualTo(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>", "<", ">", "<=", ">=", "==", "!=",
        "=~", "!~", "=^", "=$", "&&", "||", "??", "?:", "..", "eq", "lt", "and"
      })
  void noOperatorTellsTheValuesItFailsFor(String operator) {
    for (String other :
        List.of("count", "yes", "none", "object", "list", "numbers", "'1'", "1.5")) {
      for (String expression :
          List.of("secret " + operator + " " + other, other + " " + operator + " secret")) {
        Problems found = new Problems();
        Compiled compiled =
            compiler.compile(
                new Value.Expression(expression, at(expression)), scope(), "goods", found);
        if (!found.isEmpty()) {
          // Wrong whatever the values are, and told before any is there.
          continue;
        }
        Throwable failure = catchThrowable(() -> compiled.evaluate(row()));
        if (failure != null) {
          assertThat(failure).as(expression).isInstanceOf(EvaluationException.class).hasNoCause();
          assertThat(failure.getMessage()).as(expression).doesNotContain("hunter").isNotBlank();
        }
      }
    }
  }

  static Stream<String> mistakes() {
    return Stream.of(
        "‸nmae -> no column nmae in goods; did you mean name?",
        "‸nmae + 1 -> no column nmae in goods; did you mean name?",
        "'nmae' + ‸nmae -> no column nmae in goods; did you mean name?",
        "name + ‸x.name -> no column x in goods",
        "name.x + ‸x -> no column x in goods",
        "text:lower(‸lower) -> no column lower in goods",
        "text:‸lwer(name) -> no function text:lwer; did you mean lower?",
        "‸lower(name) -> no function lower",
        "‸jsn(name) -> no function jsn; did you mean json?",
        "‸txt:lower(name) -> no functions with the prefix txt:; did you mean text?",
        "yes ? ‸txt:lower(name) : none -> no functions with the prefix txt:; did you mean text?",
        "text:‸lower() -> lower takes 1 argument, not 0",
        "text:‸lower(name, 'a,b') -> lower takes 1 argument, not 2",
        "text:‸before(name) -> before takes 2 arguments, not 1",
        "shop:‸sum(shop:sum(1, 2)) -> sum takes 2 or 3 arguments, not 1",
        "shop:‸notPublic() -> no function shop:notPublic",
        "shop:‸namespace() -> no function shop:namespace",
        "name ‸+ -> not an expression: it ends too early",
        "(‸name -> not an expression: a closing parenthesis is missing",
        "name ‸count -> not an expression: count does not belong here",
        "'it'‸'s' -> not an expression: 's' does not belong here",
        "‸name = 5 -> an expression cannot assign; write == to compare",
        "name =~ ‸'(' -> not a regular expression: unclosed group",
        "‸'5' * 2 -> * needs numbers, not a text and a number",
        "‸1 == '1' -> cannot compare a number and a text",
        "text:lower(‸5) -> lower takes a text here, not a number",
        "text:lower(name).‸lenght() -> a text has no method lenght; did you mean length?",
        "count / ‸0 -> division by zero",
        "‸`a ${name}` -> texts stand in ' or \"; write 'a' + b to put a value into one",
        "count > 1\n  && ‸nmae -> no column nmae in goods; did you mean name?",
        "count > 1 // 'nmae\n  && ‸nmae -> no column nmae in goods; did you mean name?",
        "text:lower(name)\n  + text:‸lwer(name) -> no function text:lwer; did you mean lower?");
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isReportedWithItsColumn(String example) {
    String expression = example.substring(0, example.lastIndexOf(" -> "));
    String message = example.substring(example.lastIndexOf(" -> ") + 4);
    int at = expression.indexOf(MappingFiles.HERE);
    String before = expression.substring(0, at);
    compile(expression.replace(MappingFiles.HERE, ""));

    Problem problem = problems.sorted().get(0);
    assertThat(problem.message()).isEqualTo(message);
    assertThat(problem.at().line())
        .isEqualTo(1 + (int) before.chars().filter(c -> c == '\n').count());
    assertThat(problem.at().column()).isEqualTo(at - before.lastIndexOf('\n'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void anEmptyExpressionIsReported(String expression) {
    compile(expression.strip());
    assertThat(problems.sorted())
        .extracting(Problem::message)
        .containsExactly("the expression is empty; write null for no value");
  }

  @Test
  void aNameThatNothingUsesIsSuggestedToo() {
    Scope scope = Scope.of(List.of("name"));
    scope.mention(List.of("created_at", "closed_at"));

    compiler.compile(new Value.Expression("creatd_at", at("creatd_at")), scope, "goods", problems);
    compiler.compile(
        new Value.Expression("closd_at", at("closd_at")), scope.copy(), "goods", problems);

    assertThat(problems.sorted())
        .extracting(Problem::message)
        .containsExactlyInAnyOrder(
            "no column creatd_at in goods; did you mean created_at?",
            "no column closd_at in goods; did you mean closed_at?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Classes
        "''.getClass()",
        "''.class",
        "name.class.name",
        "name.class.forName('java.lang.System')",
        "list.class",
        "count.class",
        "shop:money(1).class",
        "money.class",
        "money.class.name",
        "shop:money(1).getClass()",
        "new('java.lang.String', 'x')",
        "new java.io.File('/')",
        "java.lang.System.exit(1)",
        "java.lang.Runtime",
        "T(java.lang.Runtime)",
        "String.valueOf(1)",
        "shop:till().content",
        "shop:till().getContent()",
        "name.getBytes().getClass()",
        "name.chars().count()",
        "list.stream()",
        "list.iterator()",
        "list.listIterator().set('x')",
        "list.getClass().getClassLoader()",
        "name.hashCode().getClass()",
        "shop:money(1).wait()",
        "shop:money(1).notify()",
        // Results that are far larger than what they are made of
        "'a'.format('%2000000000d', 1)",
        "'%2000000000d'.formatted(1)",
        "name.repeat(1000000000)",
        "name.replace('', name)",
        "name.replaceAll('', name)",
        "name.concat(name)",
        "name.indent(1000000000)",
        "json('[1e999999999]')[0].toPlainString()",
        "json('[1e999999999]')[0].toBigInteger()",
        "json('[12345678901234567890]')[0].pow(1000000000)",
        "json('[12345678901234567890]')[0].shiftLeft(2000000000)",
        // Changes
        "object.put('a', 'changed')",
        "object.remove('a')",
        "object.clear()",
        "object.keySet().clear()",
        "object.entrySet().clear()",
        "list.add('changed')",
        "list.clear()",
        "list.sort(null)",
        "list.toArray()",
        "asList(object)[0].setValue('changed')",
        "prices.put(['pear'], 1)",
        "shop:changeable().put('a', 1)",
        "shop:changeable().list.add('two')",
        "list[0] = 'changed'",
        "numbers[0] = 9",
        "object.a = 'changed'",
        "object['a'] = 'changed'",
        "name = 'changed'",
        "count += 1",
        "count++",
        "--count",
        "list <<= 'changed'",
        // Programs
        "var x = 1",
        "let x = 1",
        "const x = 1; x",
        "name; count",
        "{ name; count }",
        "if (yes) { 1 } else { 2 }",
        "while (true) { }",
        "for (x : list) { x }",
        "do { } while (true)",
        "return name",
        "throw 'x'",
        "try { name } catch (e) { 1 }",
        "switch (count) { case 5 : 1 }",
        "x -> x",
        "(x, y) -> { x + y }",
        "function(x) { x }",
        "#pragma jexl.options '-strict'",
        "#pragma jexl.namespace.sys java.lang.System",
        "@silent name.foo()",
        "import java.lang.System",
        "`${name.class}`",
      })
  void cannotReachClassesChangeValuesOrRunPrograms(String expression) {
    Object[] row = row();
    String before = describe(row);
    Compiled compiled = compile(expression);

    if (problems.isEmpty()) {
      assertThatThrownBy(() -> compiled.evaluate(row)).isInstanceOf(EvaluationException.class);
    }
    assertThat(describe(row)).isEqualTo(before);
  }

  private static String describe(Object[] row) {
    LookupTable prices = (LookupTable) row[NAMES.indexOf("prices")];
    long[] numbers = (long[]) row[NAMES.indexOf("numbers")];
    return row[0]
        + " "
        + row[1]
        + row[NAMES.indexOf("object")]
        + row[NAMES.indexOf("list")]
        + numbers[0]
        + prices.has("pear");
  }

  @Test
  void evaluatingAProblemGivesNullAndNothingIsRun() {
    assertThat(compile("nmae + 1").evaluate(row())).isNull();
    assertThat(problems.isEmpty()).isFalse();
  }

  @Test
  void conditionsMustBeBoolean() {
    assertThat(condition("yes").evaluate(row())).isEqualTo(true);
    assertThat(condition("none").evaluate(row())).isNull();
    assertThatThrownBy(() -> condition("secret").evaluate(row()))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("a condition must be true or false, not a text");
    assertThatThrownBy(() -> condition("count + 1").evaluate(row()))
        .hasMessage("a condition must be true or false, not a number");
  }

  private Compiled condition(String text) {
    return compiler.compileCondition(
        new Value.Expression(text, at(text)), scope(), "goods", problems);
  }

  @Property(tries = 2_000)
  void whateverIsWrittenIsCompiledOrReported(@ForAll("expressions") String expression) {
    Compiled compiled = compile(expression.strip());
    Throwable failure = catchThrowable(() -> compiled.evaluate(row()));
    if (failure != null) {
      assertThat(failure).isInstanceOf(EvaluationException.class);
      assertThat(failure.getMessage()).doesNotContain("hunter");
    }
  }

  /** Plain expressions go past JEXL; parentheses make JEXL evaluate the same. */
  @Property(tries = 2_000)
  void plainExpressionsMeanWhatJexlMakesOfThem(@ForAll("plain") String expression) {
    assertThat(outcome(expression)).isEqualTo(outcome("(" + expression + ")"));
  }

  private String outcome(String expression) {
    Problems found = new Problems();
    Value.Expression value = new Value.Expression(expression, at(expression));
    Compiled compiled = compiler.compile(value, scope(), "goods", found);
    if (!found.isEmpty()) {
      return found.sorted().get(0).message();
    }
    try {
      Object result = compiled.evaluate(row());
      String text = result instanceof byte[] bytes ? Arrays.toString(bytes) : "" + result;
      return text + " " + (result == null ? "" : result.getClass());
    } catch (EvaluationException e) {
      return e.getMessage();
    }
  }

  @Provide
  Arbitrary<String> plain() {
    Arbitrary<String> atoms =
        Arbitraries.of(
            "name",
            "count",
            "none",
            "yes",
            "secret",
            "object",
            "object.a",
            "object.missing",
            "object.numbers",
            "object.a.b",
            "none.a",
            "list.a",
            "money.cents",
            "money.price",
            "money.class",
            "prices.apple",
            "name.length",
            "'x'",
            "''",
            "5",
            "007",
            "null",
            "true",
            "nmae",
            "nmae.x");
    return Arbitraries.recursive(() -> atoms, ExpressionCompilerTest::calls, 0, 3);
  }

  private static Arbitrary<String> calls(Arbitrary<String> inner) {
    Arbitrary<String> functions =
        Arbitraries.of(
            "text:lower",
            "text:emptyToNull",
            "text:before",
            "text:utf8",
            "json",
            "toJson",
            "asText",
            "asList",
            "shop:sum",
            "shop:money",
            "shop:refuse",
            "shop:number",
            "size",
            "empty",
            "shop:nothing",
            "shp:sum");
    return Combinators.combine(functions, inner.list().ofMinSize(1).ofMaxSize(3))
        .as((function, arguments) -> function + "(" + String.join(", ", arguments) + ")");
  }

  @Provide
  Arbitrary<String> expressions() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "name",
            "secret",
            "count",
            "none",
            "object",
            "list",
            "'",
            "\"",
            "'a'",
            "1",
            "1.5",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ".",
            ",",
            ":",
            "?",
            "??",
            "+",
            "-",
            "*",
            "/",
            "==",
            "<",
            "&&",
            "||",
            "!",
            "=~",
            "..",
            "text:lower(",
            "json(",
            "size(",
            "\n",
            " ",
            "//",
            "##",
            "$",
            "\\",
            "~/",
            "`",
            "#",
            "@",
            "=",
            ";",
            "null",
            "true",
            "\u00e9");
    return pieces.list().ofMaxSize(12).map(list -> String.join("", list));
  }

  private Object evaluate(String expression) {
    Compiled compiled = compile(expression);
    assertThat(problems.sorted()).as(expression).isEmpty();
    return compiled.evaluate(row());
  }

  private Compiled compile(String expression) {
    return compiler.compile(
        new Value.Expression(expression, at(expression)), scope(), "goods", problems);
  }

  private static Position at(String text) {
    return new Position(new SourceText("goods.yaml", text), 1, 1);
  }

  private static Scope scope() {
    return Scope.of(NAMES);
  }

  private static Object[] row() {
    LookupTable prices = new LookupTable();
    prices.put(List.of("apple"), 30L);
    return new Object[] {
      "Zo\u00eb",
      5L,
      null,
      true,
      false,
      Json.parse("{\"a\": \"x\", \"numbers\": [1, 2, 3]}"),
      new ArrayList<>(List.of("one", "two")),
      new long[] {7, 8},
      prices,
      SECRET,
      new ShopFunctions.Money(250)
    };
  }
}
