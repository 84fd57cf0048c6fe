package d2s.switchover;

import d2s.switchover.store.Databases;
import d2s.switchover.store.DendriteStore;
import d2s.switchover.store.SqliteFiles;
import java.nio.file.Path;
import java.sql.SQLException;

/** How a Dendrite can keep its tables. */
enum Layout {
  /** One PostgreSQL database. */
  ONE_DATABASE,
  /** A PostgreSQL database for each component. */
  DATABASE_PER_COMPONENT,
  /** An SQLite file for each component. */
  SQLITE_FILES;

  /**
   * Makes the databases, empty.
   *
   * @param directory the one in which Dendrite will run
   */
  DendriteStore make(Path directory) throws SQLException {
    return switch (this) {
      case ONE_DATABASE -> Databases.one();
      case DATABASE_PER_COMPONENT -> Databases.perComponent();
      case SQLITE_FILES -> new SqliteFiles(directory);
    };
  }
}
