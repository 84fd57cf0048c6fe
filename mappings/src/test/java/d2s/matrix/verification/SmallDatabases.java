package d2s.matrix.verification;

import d2s.engine.extension.VerificationContext;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Two databases with nothing but the tables that a test makes, for the server our.example. They
 * stand in transactions that are taken back in the end, so all tests of a process share them.
 */
public final class SmallDatabases implements VerificationContext, AutoCloseable {

  /** Created once: that takes longer than most tests. */
  private static final class Shared {

    static final TestDatabase DENDRITE;
    static final TestDatabase SYNAPSE;

    static {
      try {
        DENDRITE = TestPostgres.createDatabase("small_source");
        SYNAPSE = TestPostgres.createDatabase("small_target");
      } catch (SQLException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  private final Connection source;
  private final Connection target;

  public SmallDatabases() throws SQLException {
    source = Shared.DENDRITE.connect();
    target = Shared.SYNAPSE.connect();
    source.setAutoCommit(false);
    target.setAutoCommit(false);
  }

  /** Changes Dendrite's side. */
  public void inDendrite(String... statements) throws SQLException {
    execute(source, statements);
  }

  /** Changes Synapse's side. */
  public void inSynapse(String... statements) throws SQLException {
    execute(target, statements);
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public Connection source() {
    return source;
  }

  @Override
  public Connection target() {
    return target;
  }

  @Override
  public Object fact(String name) {
    return switch (name) {
      case "server_name" -> "our.example";
      case "floor" -> 100L;
      default -> null;
    };
  }

  @Override
  public Optional<Path> folder(String name) {
    return Optional.empty();
  }

  @Override
  public void close() throws SQLException {
    source.rollback();
    target.rollback();
    source.close();
    target.close();
  }
}
