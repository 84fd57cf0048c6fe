package d2s.engine.query;

import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.View;
import d2s.engine.sql.ConnectionLostException;
import d2s.engine.sql.SqlErrors;
import d2s.engine.sql.SqlStatement;
import d2s.engine.sql.SqlStatement.Fault;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Suggestion;
import d2s.engine.yaml.Text;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets the databases look at the SQL of mapping files, and reports what they refuse. */
public final class SqlDescriber {

  private final MappingSet set;
  private final Queries queries;
  private final RelationDescriber describer;
  private final Problems problems;
  private final Set<View> brokenViews = new HashSet<>();

  public SqlDescriber(
      MappingSet set, Queries queries, RelationDescriber describer, Problems problems) {
    this.set = set;
    this.queries = queries;
    this.describer = describer;
    this.problems = problems;
  }

  /** Looks at every view by itself, so that a mistake in one is told once and where it is. */
  public void checkViews() {
    for (View view : set.views()) {
      String sql = "select * from " + view.name();
      if (!usesBrokenView(sql, view.side())
          && describe(view.side(), queries.of(sql, view.side()), view.sql()).isEmpty()) {
        brokenViews.add(view);
      }
    }
  }

  /**
   * The columns of a query, which may only read.
   *
   * @param complete the query as the database gets it
   * @param written what stands in the mapping file
   * @return empty after a problem was reported
   */
  public Optional<List<SourceColumn>> describe(Side side, String complete, Text written) {
    Optional<Fault> fault = SqlStatement.ofQuery(written.value());
    if (fault.isPresent()) {
      report(written, fault.get());
      return Optional.empty();
    }
    if (usesBrokenView(complete, side)) {
      return Optional.empty();
    }
    try {
      // What writes cannot stand in another query.
      return Optional.of(describer.describe(side, "select * from (" + complete + "\n) query"));
    } catch (SQLException e) {
      if (SqlErrors.isOfServer(e)) {
        throw new ConnectionLostException(e);
      }
      if (describe(side, complete, List.of(written)).isPresent()) {
        problems.add(
            written.at(),
            "one query is wanted here, which only reads; the "
                + side
                + " says: "
                + SqlErrors.reason(e));
      }
      return Optional.empty();
    }
  }

  /**
   * The columns of a statement that the engine makes of parts that stand in mapping files.
   *
   * @param complete the statement as the database gets it
   * @param parts conditions, expressions and so on; where the database tells no place, the first
   *     one is complained of
   * @return empty after a problem was reported
   */
  public Optional<List<SourceColumn>> describeParts(Side side, String complete, List<Text> parts) {
    boolean sound = true;
    for (Text part : parts) {
      Optional<Fault> fault = SqlStatement.ofPart(part.value());
      if (fault.isPresent()) {
        report(part, fault.get());
        sound = false;
      }
    }
    return sound ? describe(side, complete, parts) : Optional.empty();
  }

  private void report(Text written, Fault fault) {
    problems.add(written.at().inside(written.value(), fault.index()), fault.message());
  }

  private Optional<List<SourceColumn>> describe(Side side, String complete, List<Text> written) {
    if (usesBrokenView(complete, side)) {
      return Optional.empty();
    }
    try {
      return Optional.of(describer.describe(side, complete));
    } catch (SQLException e) {
      if (SqlErrors.isOfServer(e)) {
        throw new ConnectionLostException(e);
      }
      int index = SqlErrors.position(e) - 1;
      Position at = new SqlPlace(queries, complete).of(index, written).orElse(written.get(0).at());
      StringBuilder message = new StringBuilder("the " + side + " database rejected this: ");
      message.append(SqlErrors.reasonAndHint(e));
      written.forEach(text -> message.append(unknownFacts(text.value(), side)));
      problems.add(at, message.toString());
      return Optional.empty();
    }
  }

  private boolean usesBrokenView(String sql, Side side) {
    return brokenViews.stream()
        .anyMatch(view -> view.side() == side && Queries.mentions(sql, view.name().value()));
  }

  private String unknownFacts(String sql, Side side) {
    List<String> unknown = new ArrayList<>();
    for (String name : queries.parameters(sql, side)) {
      if (!queries.factNames().contains(name)) {
        unknown.add("; there is no fact " + name + Suggestion.of(name, queries.factNames()));
      }
    }
    return String.join("", unknown);
  }
}
