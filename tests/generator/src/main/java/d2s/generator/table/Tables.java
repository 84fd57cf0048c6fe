package d2s.generator.table;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The writers of all tables, each opened when it is first needed. */
public final class Tables implements AutoCloseable {
  private final DataSource database;
  private final Map<String, TableWriter> writers = new LinkedHashMap<>();
  private final Map<String, Long> counts = new TreeMap<>();

  public Tables(DataSource database) {
    this.database = database;
  }

  public TableWriter of(String table) {
    return writers.computeIfAbsent(table, this::open);
  }

  private TableWriter open(String table) {
    try {
      return new TableWriter(database.getConnection(), table);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot write " + table + ": " + e.getMessage(), e);
    }
  }

  /** The rows written, by table, up to the last {@link #close}. */
  public Map<String, Long> counts() {
    return counts;
  }

  @Override
  public void close() throws SQLException {
    for (Map.Entry<String, TableWriter> writer : writers.entrySet()) {
      writer.getValue().close();
      counts.merge(writer.getKey(), writer.getValue().rows(), Long::sum);
    }
    writers.clear();
  }
}
