package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import java.util.List;

/**
 * A target table that is a query over other target tables: one {@code INSERT ... SELECT}.
 *
 * @param from what stands after FROM, in SQL
 * @param columns target columns, each with its SQL expression
 */
public record Derivation(Text table, Text from, List<Column> columns, VersionRange versions) {

  Derivation forVersion(int version) {
    return new Derivation(
        table, from, Mapping.meantFor(columns, Column::versions, version), versions);
  }

  /** One target column and the SQL expression that fills it. */
  public record Column(Text name, Text sql, VersionRange versions) {}
}
