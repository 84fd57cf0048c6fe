package d2s.engine.catalog;

import d2s.engine.schema.CatalogException;
import d2s.engine.schema.Column;
import d2s.engine.schema.Column.Generation;
import d2s.engine.schema.ColumnType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Columns in one line, much as SQL writes them; {@link CatalogYaml} describes the form. */
public final class ColumnText {

  private static final Pattern COLUMN =
      Pattern.compile(
          "(?<type>.+?)(?<notNull> not null)?"
              + "(?: default (?<default>.+)| generated (?<generated>.+)"
              + "| identity (?<identity>always|by default))?",
          Pattern.DOTALL);

  /** Words that no name of a type has: what should follow the type is misspelt. */
  private static final Pattern NO_TYPE =
      Pattern.compile("\\b(not|null|default|generated|identity)\\b", Pattern.CASE_INSENSITIVE);

  private ColumnText() {}

  /** A column without its name, e.g. {@code int2 not null default 0}. */
  public static String of(Column column) {
    String end = defaultOf(column);
    return column.type().sql()
        + (column.nullable() ? "" : " not null")
        + (end == null ? "" : " " + end);
  }

  /** Where a value comes from when a row brings none, e.g. {@code default 0}; null for nowhere. */
  public static String defaultOf(Column column) {
    return switch (column.generation()) {
      case NONE ->
          column.defaultExpression() == null ? null : "default " + column.defaultExpression();
      case STORED -> "generated " + column.defaultExpression();
      case IDENTITY_ALWAYS -> "identity always";
      case IDENTITY_BY_DEFAULT -> "identity by default";
    };
  }

  /**
   * Reads a column.
   *
   * @throws CatalogException if the text is not of this form
   */
  static Column parse(String name, YamlPart part) {
    Matcher matcher = COLUMN.matcher(part.text());
    if (!matcher.matches() || NO_TYPE.matcher(matcher.group("type")).find()) {
      throw part.wrong(
          "cannot read the column '"
              + part.text()
              + "'; expected a type and what follows it, e.g. int8 not null default 0");
    }
    Generation generation = Generation.NONE;
    if (matcher.group("generated") != null) {
      generation = Generation.STORED;
    } else if ("always".equals(matcher.group("identity"))) {
      generation = Generation.IDENTITY_ALWAYS;
    } else if (matcher.group("identity") != null) {
      generation = Generation.IDENTITY_BY_DEFAULT;
    }
    return new Column(
        name,
        ColumnType.of(matcher.group("type")),
        matcher.group("notNull") == null,
        generation == Generation.STORED ? matcher.group("generated") : matcher.group("default"),
        generation);
  }
}
