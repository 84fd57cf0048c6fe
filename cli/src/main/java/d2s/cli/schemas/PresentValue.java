package d2s.cli.schemas;

import d2s.engine.mapping.Block;
import d2s.engine.mapping.Derivation;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.VersionRange;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What mapping files fill a target column with, as it can stand in a line to paste.
 *
 * @param value the YAML of the value; … where it is not one thing
 * @param since the oldest versions that it is for, as {@code '>=91 '} with a space behind; empty if
 *     it is for all
 */
record PresentValue(String value, String since) {

  private static final PresentValue UNCLEAR = new PresentValue("…", "");

  /** A line of a mapping file that fills the column. */
  private record Line(PresentValue value, Position at) {}

  /** The value in a version. Several lines count as one if they say the same. */
  static PresentValue of(MappingSet set, String table, String column, int version) {
    List<PresentValue> different =
        lines(set, table, column, version).stream().map(Line::value).distinct().toList();
    return different.size() == 1 ? different.get(0) : UNCLEAR;
  }

  /** Whether some line is for both of two versions, as if nothing had changed between them. */
  static boolean isShared(MappingSet set, String table, String column, int before, int after) {
    return lines(set, table, column, before).stream()
        .anyMatch(lines(set, table, column, after)::contains);
  }

  private static List<Line> lines(MappingSet set, String table, String column, int version) {
    List<Line> lines = new ArrayList<>();
    for (Mapping any : set.mappings()) {
      Mapping mapping = any.forVersion(version);
      for (Block block : mapping.to()) {
        if (block.table().value().equals(table)) {
          for (Block.Column one : block.columns()) {
            if (one.name().value().equals(column)) {
              lines.add(line(written(one), one.versions(), one.value().at()));
            }
          }
        }
      }
      for (Derivation derivation : mapping.derive()) {
        if (derivation.table().value().equals(table)) {
          for (Derivation.Column one : derivation.columns()) {
            if (one.name().value().equals(column)) {
              lines.add(line(derived(one.sql().value()), one.versions(), one.sql().at()));
            }
          }
        }
      }
    }
    return lines;
  }

  private static Line line(String value, VersionRange versions, Position at) {
    String since =
        versions.comparisons().stream()
            .filter(one -> one.operator().startsWith(">"))
            .map(one -> one.operator() + one.version() + " ")
            .collect(Collectors.joining());
    return new Line(new PresentValue(value, since), at);
  }

  private static String written(Block.Column column) {
    if (column.sql() != null) {
      return UNCLEAR.value();
    }
    return column.value() instanceof Value.Expression expression
        ? expression.text().matches("\\w+") ? expression.text() : quoted(expression.text())
        : String.valueOf(((Value.Constant) column.value()).constant());
  }

  private static String derived(String sql) {
    return sql.contains("\n") ? UNCLEAR.value() : quoted(sql);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
