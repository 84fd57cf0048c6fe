package d2s.matrix.migration;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A transaction that others look into as if it were a database: it is theirs to query, and not to
 * end. Changes that are taken back with it cost nothing, unlike those in a copy of the database.
 */
final class UncommittedTransaction implements AutoCloseable {

  private static final Set<String> NOT_THEIRS =
      Set.of("close", "commit", "setAutoCommit", "setReadOnly", "setTransactionIsolation");

  private final Connection connection;

  UncommittedTransaction(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
  }

  Connection connection() {
    return connection;
  }

  /** Gives this transaction to whoever asks for a connection. */
  DataSource dataSource() {
    Connection shared =
        proxy(
            Connection.class,
            (proxy, method, arguments) -> {
              boolean ends = method.getName().equals("rollback") && arguments == null;
              if (ends || NOT_THEIRS.contains(method.getName())) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return proxy(DataSource.class, (proxy, method, arguments) -> shared);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** Takes all changes back; the next ones are another transaction of the same connection. */
  void takeBack() throws SQLException {
    connection.rollback();
  }

  @Override
  public void close() throws SQLException {
    takeBack();
    connection.close();
  }
}
