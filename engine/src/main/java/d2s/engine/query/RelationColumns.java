package d2s.engine.query;

import d2s.engine.mapping.Relation;
import d2s.engine.mapping.Side;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.Table;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Suggestion;
import d2s.engine.yaml.Text;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds the columns of the relations that mappings read. */
public final class RelationColumns {

  private final Catalog source;
  private final Queries queries;
  private final SqlDescriber describer;
  private final Problems problems;

  /**
   * What is known of a relation.
   *
   * @param columns those that are read
   * @param names all that it has, for suggestions
   * @param sql reads the columns
   */
  public record Found(List<SourceColumn> columns, List<String> names, String sql) {

    public List<String> read() {
      return columns.stream().map(SourceColumn::name).toList();
    }
  }

  public RelationColumns(
      Catalog source, Queries queries, SqlDescriber describer, Problems problems) {
    this.source = source;
    this.queries = queries;
    this.describer = describer;
    this.problems = problems;
  }

  /**
   * Finds a relation's columns: of a table those that are wanted, of a query all.
   *
   * @return empty after a problem was reported
   */
  public Optional<Found> find(Relation relation, Collection<String> wanted) {
    if (relation.table() == null) {
      return describer
          .describe(relation.side(), queries.of(relation, List.of()), relation.sql())
          .map(columns -> found(relation, columns, columns));
    }
    Text name = relation.table();
    Optional<Table> table = source.table(name.value());
    if (table.isEmpty()) {
      problems.add(
          name.at(),
          "no table " + name + " in the source" + Suggestion.of(name.value(), source.tableNames()));
      return Optional.empty();
    }
    List<SourceColumn> all = table.get().columns().stream().map(RelationColumns::column).toList();
    List<SourceColumn> read =
        all.stream().filter(column -> wanted.contains(column.name())).toList();
    Found found = found(relation, read, all);
    if (relation.where() != null
        && describer.describeParts(Side.SOURCE, found.sql(), List.of(relation.where())).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(found);
  }

  private Found found(Relation relation, List<SourceColumn> read, List<SourceColumn> all) {
    List<String> columns = read.stream().map(SourceColumn::name).toList();
    return new Found(
        read,
        all.stream().map(SourceColumn::name).toList(),
        queries.of(relation, relation.table() == null ? List.of() : columns));
  }

  private static SourceColumn column(Column column) {
    return new SourceColumn(column.name(), column.type());
  }
}
