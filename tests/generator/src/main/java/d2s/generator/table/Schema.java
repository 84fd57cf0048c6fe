package d2s.generator.table;

import static java.util.stream.Collectors.joining;

import d2s.engine.schema.CatalogDdl;
import d2s.generator.random.Resource;
import d2s.matrix.catalog.BundledCatalogs;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.yaml.snakeyaml.Yaml;

/** The tables of Dendrite 0.13.8: made without indexes, completed when they are full. */
public final class Schema {
  /** A table of the generator itself: the current state of all rooms. */
  public static final String CURRENT_STATE = "generated_current_state";

  private static final String COPY_CURRENT_STATE =
      """
      INSERT INTO syncapi_current_room_state
      SELECT s.room_id, s.event_id, s.type, s.sender, h.json LIKE '%"url":"mxc:%', s.state_key,
             h.json, s.membership, s.added_at, 2
      FROM generated_current_state s
      JOIN roomserver_event_json j USING (event_nid)
      LEFT JOIN syncapi_output_room_events o USING (event_id)
      CROSS JOIN LATERAL (
        SELECT coalesce(o.headered_event_json,
                        left(j.event_json, -1) || ',"_room_version":"' || s.room_version
                          || '","_event_id":"' || s.event_id || '"}') AS json
      ) h
      """;

  private final DataSource database;

  public Schema(DataSource database) {
    this.database = database;
  }

  /** Makes the tables in an empty database. */
  public void create() throws SQLException {
    execute(statements(true));
    execute(
        List.of(
            "CREATE UNLOGGED TABLE generated_current_state (event_id text, event_nid bigint,"
                + " room_id text, room_version text, type text, state_key text, sender text,"
                + " membership text, added_at bigint)"));
  }

  /**
   * Fills what follows from other tables, makes the indexes, sets the sequences.
   *
   * @param sequences last values by name; others stay as they are
   */
  public void complete(Map<String, Long> sequences) throws SQLException {
    execute(List.of(COPY_CURRENT_STATE, "DROP TABLE generated_current_state"));
    execute(
        List.of("SET maintenance_work_mem = '256MB'; " + String.join(";\n", statements(false))));
    List<String> last = new ArrayList<>(indexes());
    sequences.forEach(
        (name, value) -> {
          if (value > 0) {
            last.add("SELECT setval('" + name + "', " + value + ")");
          }
        });
    last.add("ANALYZE");
    execute(last);
  }

  /** The indexes that are not keys. */
  private static List<String> indexes() {
    Map<String, List<Map<String, Object>>> tables =
        new Yaml().load(Resource.text("dendrite-indexes.yaml"));
    List<String> statements = new ArrayList<>();
    tables.forEach(
        (table, indexes) -> {
          for (Map<String, Object> index : indexes) {
            List<?> columns = (List<?>) index.get("columns");
            statements.add(
                "CREATE INDEX ON "
                    + table
                    + " ("
                    + columns.stream().map(name -> "\"" + name + "\"").collect(joining(", "))
                    + ")"
                    + (index.containsKey("where") ? " WHERE " + index.get("where") : ""));
          }
        });
    return statements;
  }

  private static List<String> statements(boolean beforeRows) {
    List<String> statements = new ArrayList<>();
    for (String statement :
        CatalogDdl.render(BundledCatalogs.read("dendrite-0.13.8")).split(";\n")) {
      boolean before =
          !statement.startsWith("ALTER TABLE") && !statement.startsWith("CREATE UNIQUE");
      if (before == beforeRows && !statement.isBlank()) {
        statements.add(statement);
      }
    }
    return statements;
  }

  private void execute(List<String> statements) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = off");
      statement.execute("SET maintenance_work_mem = '256MB'");
      for (String sql : statements) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    }
  }
}
