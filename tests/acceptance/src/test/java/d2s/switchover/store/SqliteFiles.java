package d2s.switchover.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** An SQLite file for each component, beside {@code dendrite.yaml}. */
public final class SqliteFiles implements DendriteStore {

  /** Opens a file only for reading (SQLITE_OPEN_READONLY). */
  private static final String READ_ONLY = "1";

  /** How long a question waits while Dendrite commits. */
  private static final String PATIENCE_MS = "20000";

  private final Path directory;

  /**
   * @param directory that in which Dendrite will run
   */
  public SqliteFiles(Path directory) {
    this.directory = directory;
  }

  @Override
  public Map<String, Map<String, Object>> settings() {
    Map<String, Map<String, Object>> settings = new HashMap<>();
    for (Component component : Component.values()) {
      settings.put(
          component.section(),
          Map.of(component.setting(), Map.of("connection_string", "file:" + component.file())));
    }
    return settings;
  }

  /** Sees what is committed: SQLite's locks keep it from reading half of a transaction. */
  @Override
  public Connection connect(Component component) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("open_mode", READ_ONLY);
    properties.setProperty("busy_timeout", PATIENCE_MS);
    return DriverManager.getConnection(
        "jdbc:sqlite:" + directory.resolve(component.file()), properties);
  }
}
