package d2s.engine.verify;

import d2s.engine.sql.SqlErrors;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BiConsumer;

/**
 * A connection that goes on after SQL that the database refuses: the refusal is kept, and the
 * statement has no rows. So one look at a verification tells all of its SQL that does not fit.
 */
final class ProbedConnection {

  private static final String NOTHING = "select where false";

  private final Connection real;
  private final BiConsumer<String, SQLException> refused;

  /**
   * @param real in auto-commit mode, so that a refusal does not end a transaction
   * @param refused takes every statement that the database refuses
   */
  ProbedConnection(Connection real, BiConsumer<String, SQLException> refused) {
    this.real = real;
    this.refused = refused;
  }

  Connection connection() {
    return wrap(
        Connection.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "createStatement" -> statement((Statement) invoke(real, method, arguments));
              case "prepareStatement" -> prepare((String) arguments[0]);
              default -> invoke(real, method, arguments);
            });
  }

  private Statement statement(Statement statement) {
    return wrap(
        Statement.class,
        (proxy, method, arguments) -> {
          boolean query = method.getName().equals("executeQuery");
          try {
            return invoke(statement, method, arguments);
          } catch (SQLException e) {
            keep(query ? (String) arguments[0] : method.getName(), e);
            return statement.executeQuery(NOTHING);
          }
        });
  }

  /** The database looks at a prepared statement only when it is asked about it. */
  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = real.prepareStatement(sql);
    try {
      statement.getParameterMetaData();
      return statement;
    } catch (SQLException e) {
      keep(sql, e);
      statement.close();
      return real.prepareStatement(NOTHING);
    }
  }

  private void keep(String sql, SQLException failure) throws SQLException {
    if (SqlErrors.isOfServer(failure)) {
      throw failure;
    }
    refused.accept(sql, failure);
  }

  private static <T> T wrap(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            ProbedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
