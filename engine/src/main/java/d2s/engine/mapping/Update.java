package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import java.util.List;

/**
 * A change of rows that a fresh target already has, for example single-row position tables.
 *
 * @param where a condition in SQL; null means all rows of the table
 * @param columns target columns, each with its SQL expression
 */
public record Update(
    Text table, Text where, List<Derivation.Column> columns, VersionRange versions) {

  Update forVersion(int version) {
    return new Update(
        table, where, Mapping.meantFor(columns, Derivation.Column::versions, version), versions);
  }
}
