package d2s.engine.query;

import d2s.engine.mapping.Block;
import d2s.engine.mapping.Derivation;
import d2s.engine.mapping.SequenceValue;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.Update;
import d2s.engine.schema.ColumnType;
import d2s.engine.sql.SqlIdentifier;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that derivations, updates and sequences of mapping files come to.
 *
 * <p>Pieces of the files stand on lines of their own, since each may end with a comment.
 */
public record TargetStatements(Queries queries) {

  public String insert(Derivation derivation) {
    String select =
        "select "
            + derivation.columns().stream()
                .map(column -> column.sql().value())
                .collect(Collectors.joining("\n, "))
            + "\nfrom "
            + derivation.from().value();
    return "insert into "
        + SqlIdentifier.quote(derivation.table().value())
        + " ("
        + SqlIdentifier.quoteAll(
            derivation.columns().stream().map(column -> column.name().value()).toList())
        // An identity column takes the value that the mapping brings, as it does from COPY.
        + ") overriding system value "
        + queries.of(select, Side.TARGET);
  }

  public String update(Update update) {
    String assignments =
        update.columns().stream()
            .map(
                column ->
                    SqlIdentifier.quote(column.name().value()) + " = (" + column.sql() + "\n)")
            .collect(Collectors.joining(", "));
    String sql = "update " + SqlIdentifier.quote(update.table().value()) + " set " + assignments;
    return queries.of(
        update.where() == null ? sql : sql + "\nwhere " + update.where(), Side.TARGET);
  }

  /** The expression by which the target makes a column of a text that is called {@code value}. */
  public String computed(Block.Column column, ColumnType type) {
    return "cast((" + queries.withFacts(column.sql().value()) + "\n) as " + type.sql() + ")";
  }

  /**
   * Asks what a sequence must be set to: one row with one number, or none where it stands high
   * enough already or the mapping's value is null.
   */
  public String value(SequenceValue sequence) {
    String sql =
        "select wanted.value::int8 from "
            + SqlIdentifier.quote(sequence.sequence().value())
            + " has, (select ("
            + sequence.sql().value()
            + "\n)) wanted (value) where wanted.value > has.last_value"
            + " or wanted.value = has.last_value and not has.is_called";
    return queries.of(sql, Side.TARGET);
  }

  /**
   * Makes a value the last one that a sequence gave. Unlike {@code setval}, this belongs to the
   * transaction: it is undone with it.
   */
  public List<String> set(SequenceValue sequence, long value) {
    String name = SqlIdentifier.quote(sequence.sequence().value());
    return List.of(
        "alter sequence " + name + " restart with " + value,
        "select nextval('" + name.replace("'", "''") + "')");
  }
}
