package d2s.switchover.store;

import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** PostgreSQL: one database for all components, or one for each. */
public final class Databases implements DendriteStore {

  /** With far fewer, Dendrite's room server waits for itself: it asks within transactions. */
  private static final int CONNECTIONS = 30;

  /** Dendrite keeps none for a component that does not say so: each query would then log in. */
  private static final int IDLE_CONNECTIONS = 10;

  private final TestDatabase shared;
  private final Map<Component, TestDatabase> own;

  private Databases(TestDatabase shared, Map<Component, TestDatabase> own) {
    this.shared = shared;
    this.own = own;
  }

  /** One empty database for everything. */
  public static Databases one() throws SQLException {
    return new Databases(TestPostgres.createDatabase("dendrite"), Map.of());
  }

  /** An empty database for each component. */
  public static Databases perComponent() throws SQLException {
    Map<Component, TestDatabase> own = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      own.put(component, TestPostgres.createDatabase("dendrite_" + component.section()));
    }
    return new Databases(null, own);
  }

  @Override
  public Map<String, Map<String, Object>> settings() {
    Map<String, Map<String, Object>> settings = new HashMap<>();
    if (shared != null) {
      settings.put("global", Map.of("database", database(shared)));
    }
    own.forEach(
        (component, database) ->
            settings.put(component.section(), Map.of(component.setting(), database(database))));
    return settings;
  }

  private static Map<String, Object> database(TestDatabase database) {
    String connection =
        "postgresql://%s:%s@%s:%d/%s?sslmode=disable"
            .formatted(
                database.user(),
                database.password(),
                database.host(),
                database.port(),
                database.name());
    return Map.of(
        "connection_string",
        connection,
        "max_open_conns",
        CONNECTIONS,
        "max_idle_conns",
        IDLE_CONNECTIONS,
        "conn_max_lifetime",
        -1);
  }

  @Override
  public Connection connect(Component component) throws SQLException {
    return own.getOrDefault(component, shared).connect();
  }
}
