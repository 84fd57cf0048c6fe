package d2s.matrix.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.engine.sql.RowReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tables that a query would read as a whole for each row of something else. */
final class RepeatedReads {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a subquery that is asked for each row may be made of. */
  private static final Set<String> CHEAP =
      Set.of(
          "Aggregate",
          "Append",
          "Bitmap Heap Scan",
          "Bitmap Index Scan",
          "BitmapAnd",
          "BitmapOr",
          "Function Scan",
          "Index Only Scan",
          "Index Scan",
          "Limit",
          "Nested Loop",
          "ProjectSet",
          "Result",
          "Sort",
          "Subquery Scan",
          "Unique",
          "Values Scan");

  /** What a lookup makes by itself is no table. */
  private static final Set<String> OF_ITS_OWN =
      Set.of("CTE Scan", "Memoize", "Recursive Union", "WorkTable Scan");

  private final Connection connection;
  private final boolean lookup;
  private final List<String> found = new ArrayList<>();

  private RepeatedReads(Connection connection, boolean lookup) {
    this.connection = connection;
    this.lookup = lookup;
  }

  /** Of a query that is asked once, without nested loops. */
  static List<String> of(Connection connection, String sql) throws SQLException, IOException {
    RepeatedReads reads = new RepeatedReads(connection, false);
    reads.set("enable_nestloop = off");
    reads.lookAt(reads.plan(sql), false);
    return reads.found;
  }

  /**
   * Of a query that is itself asked for each row.
   *
   * @param sql with {@code ?} for each value of the row
   */
  static List<String> ofLookup(Connection connection, String sql) throws SQLException, IOException {
    int values = 0;
    StringBuilder numbered = new StringBuilder();
    for (char c : sql.toCharArray()) {
      numbered.append(c == '?' ? "$" + ++values : String.valueOf(c));
    }
    RepeatedReads reads = new RepeatedReads(connection, true);
    reads.set("plan_cache_mode = force_generic_plan");
    try (Statement statement = connection.createStatement()) {
      statement.execute("prepare lookup as " + numbered);
      reads.lookAt(reads.plan("execute lookup (null" + ", null".repeat(values - 1) + ")"), true);
      statement.execute("deallocate lookup");
    }
    return reads.found;
  }

  /** A table is read as a whole only if there is no other way. */
  private void set(String setting) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set enable_seqscan = off; set " + setting);
    }
  }

  private JsonNode plan(String sql) throws SQLException, IOException {
    return JSON.readTree(RowReader.scalar(connection, "explain (format json) " + sql).toString())
        .path(0)
        .path("Plan");
  }

  /**
   * A subquery counts as asked for each row also where this plan hashes it: whether it does depends
   * on how many rows the planner expects.
   */
  private void lookAt(JsonNode node, boolean forEachRow) throws SQLException {
    String type = node.path("Node Type").asText();
    boolean cheap = CHEAP.contains(type) || lookup && OF_ITS_OWN.contains(type);
    if (forEachRow && (!cheap || type.startsWith("Index") && !isSelective(node))) {
      found.add(type + " " + node.path("Relation Name").asText());
    }
    for (JsonNode child : node.path("Plans")) {
      String relationship = child.path("Parent Relationship").asText();
      boolean again =
          relationship.equals("SubPlan")
              || type.equals("Nested Loop") && relationship.equals("Inner");
      lookAt(child, !relationship.equals("InitPlan") && (forEachRow || again));
    }
  }

  /** Without a value for its first column, all of an index is read; a hash is filled like that. */
  private boolean isSelective(JsonNode node) throws SQLException {
    if (!lookup) {
      return node.has("Index Cond");
    }
    Object first =
        RowReader.scalar(
            connection,
            "select pg_get_indexdef(oid, 1, true) from pg_class where relname = '"
                + node.path("Index Name").asText()
                + "'");
    return node.path("Index Cond").asText().contains(first.toString());
  }
}
