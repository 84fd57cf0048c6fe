package d2s.engine.check;

import d2s.engine.schema.Queries;
import d2s.engine.schema.SqlIdentifier;
import d2s.engine.spec.Derivation;
import d2s.engine.spec.SequenceValue;
import d2s.engine.spec.Side;
import d2s.engine.spec.Update;
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

  /** Sets a sequence, never below what it already has; a value of null leaves it alone. */
  public String set(SequenceValue sequence) {
    String name = SqlIdentifier.quote(sequence.sequence().value());
    String sql =
        "select setval('"
            + name.replace("'", "''")
            + "', greatest(has.last_value, wanted.value), true) from "
            + name
            + " has, (select ("
            + sequence.sql().value()
            + "\n)) wanted (value) where wanted.value is not null";
    return queries.of(sql, Side.TARGET);
  }
}
