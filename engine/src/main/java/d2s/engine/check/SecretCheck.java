package d2s.engine.check;

import d2s.engine.mapping.Let;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.Skip;
import d2s.engine.query.Queries;
import d2s.engine.sql.SqlText;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Text;
import d2s.engine.yaml.Value;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps the columns that {@code secrets:} of set.yaml names out of messages, which name rows by
 * {@code label} and by the {@code item} of a skip.
 */
final class SecretCheck {

  /** A text in an expression. */
  private static final Pattern TEXT =
      Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"");

  private final List<String> secrets;
  private final Problems problems;

  SecretCheck(List<Text> secrets, Problems problems) {
    this.secrets = secrets.stream().map(Text::value).toList();
    this.problems = problems;
  }

  void check(Mapping mapping) {
    Set<String> secret = new HashSet<>(secrets);
    mapping.from().stream()
        .filter(relation -> relation.sql() != null)
        .forEach(relation -> secret.addAll(aliases(relation.sql().value())));
    for (Text column : mapping.label()) {
      if (secret.contains(column.value())) {
        report(column);
      }
    }
    for (Let let : mapping.lets()) {
      // A let that hides a secret name is as good as the secret, unless it only asks about it.
      if (let.value() instanceof Value.Expression expression
          && secret.contains(expression.text())) {
        secret.add(let.name().value());
      }
    }
    for (Skip skip : mapping.skips()) {
      Set<String> named = new HashSet<>(ReferencedNames.of(skip.item()));
      // A word in a text names nothing.
      named.removeIf(name -> !isOutsideTexts(name, skip.item()));
      named.stream()
          .filter(secret::contains)
          .findFirst()
          .ifPresent(name -> report(new Text(name, skip.item().at())));
    }
  }

  private static boolean isOutsideTexts(String name, Value value) {
    return value instanceof Value.Expression expression
        && Pattern.compile("\\b" + Pattern.quote(name) + "\\b")
            .matcher(TEXT.matcher(expression.text()).replaceAll("''"))
            .find();
  }

  private void report(Text column) {
    problems.add(
        column.at(),
        column
            + " is a secret (secrets: in set.yaml), and what stands here is printed in messages;"
            + " name rows by something else");
  }

  /** Other names that a query gives to secrets. */
  private Collection<String> aliases(String sql) {
    Set<String> aliases = new HashSet<>();
    String names = SqlText.of(sql).names();
    for (String secret : secrets) {
      if (!Queries.mentions(sql, secret)) {
        continue;
      }
      var matcher =
          Pattern.compile(
                  "\\b" + Pattern.quote(secret) + "\\s+as\\s+\"?(\\w+)", Pattern.CASE_INSENSITIVE)
              .matcher(names);
      while (matcher.find()) {
        aliases.add(matcher.group(1));
      }
    }
    return aliases;
  }
}
