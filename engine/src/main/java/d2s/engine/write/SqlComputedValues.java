package d2s.engine.write;

import d2s.engine.bound.BoundMapping.BoundColumn;
import d2s.engine.concurrent.Threads;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.sql.FailedDatabase;
import d2s.engine.sql.RowReader;
import d2s.engine.sql.SqlErrors;
import d2s.engine.write.CopyChunk.Deferred;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * What the target makes of texts, on a connection of its own: the one that is written through is
 * what all others wait for. Safe for use by several threads.
 */
public final class SqlComputedValues implements AutoCloseable {

  private final DataSource target;

  /** What turns a value of a type into the bytes that COPY takes. */
  private final Map<String, String> senders = new HashMap<>();

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "values");
            thread.setDaemon(true);
            return thread;
          });

  private volatile Connection connection;
  private volatile boolean cancelled;

  public SqlComputedValues(DataSource target) {
    this.target = target;
  }

  /** Begins to complete a chunk, after those that were given before. */
  Future<byte[]> complete(CopyChunk chunk) {
    return chunk.deferred().isEmpty()
        ? CompletableFuture.completedFuture(chunk.bytes())
        : worker.submit(() -> chunk.with(values(chunk.deferred())));
  }

  /**
   * The deferred values of a chunk, in the order of their places; each column is asked for once.
   */
  private byte[][] values(List<Deferred> deferred) throws SQLException {
    Map<BoundColumn, List<Integer>> columns = new LinkedHashMap<>();
    for (int i = 0; i < deferred.size(); i++) {
      columns.computeIfAbsent(deferred.get(i).column(), column -> new ArrayList<>()).add(i);
    }
    byte[][] values = new byte[deferred.size()][];
    for (Map.Entry<BoundColumn, List<Integer>> column : columns.entrySet()) {
      List<byte[]> results =
          of(column.getKey(), column.getValue().stream().map(i -> deferred.get(i).text()).toList());
      for (int i = 0; i < results.size(); i++) {
        values[column.getValue().get(i)] = results.get(i);
      }
    }
    return values;
  }

  /**
   * The values of a column in the binary form of COPY.
   *
   * @return as many as texts, in their order; null for NULL
   * @throws MigrationFailedException if the target refuses one, or makes NULL for a column that is
   *     NOT NULL
   */
  private List<byte[]> of(BoundColumn column, List<String> texts) throws SQLException {
    try {
      return compute(open(), column, texts);
    } catch (SQLException e) {
      if (SqlErrors.isOfServer(e)) {
        throw FailedDatabase.mark(e, "target");
      }
      throw new MigrationFailedException(
          column.at()
              + ": the target cannot make a value of the column "
              + column.column().name()
              + ": "
              + SqlErrors.reason(e),
          SqlErrors.withoutValues(e));
    }
  }

  private List<byte[]> compute(Connection open, BoundColumn column, List<String> texts)
      throws SQLException {
    String sql =
        "select "
            + sender(open, column.column().type().sql())
            + "("
            + column.sql()
            + ") from unnest(?::text[]) with ordinality as given (value, place) order by place";
    List<byte[]> values = new ArrayList<>(texts.size());
    try (PreparedStatement query = open.prepareStatement(sql)) {
      query.setArray(1, open.createArrayOf("text", texts.toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          byte[] value = rows.getBytes(1);
          if (value == null && !column.column().nullable()) {
            throw new MigrationFailedException(
                column.at()
                    + ": the column "
                    + column.column().name()
                    + " is NOT NULL, but the target makes NULL of a value",
                null);
          }
          values.add(value);
        }
      }
    }
    return values;
  }

  private Connection open() throws SQLException {
    if (connection == null) {
      Connection opened = target.getConnection();
      opened.setAutoCommit(false);
      opened.setReadOnly(true);
      connection = opened;
      try (var statement = opened.createStatement()) {
        // An expression that asks a table of the run would wait for the end of the run.
        statement.execute("set local lock_timeout = '10s'");
      }
      if (cancelled) {
        throw new SQLException("interrupted");
      }
    }
    return connection;
  }

  private String sender(Connection open, String type) throws SQLException {
    String known = senders.get(type);
    if (known == null) {
      String literal = "'" + type.replace("'", "''") + "'";
      known =
          String.valueOf(
              RowReader.scalar(
                  open,
                  "select typsend::regproc::text from pg_type where oid = "
                      + literal
                      + "::regtype"));
      senders.put(type, known);
    }
    return known;
  }

  /** Asks the target to give up what it is computing. Does not wait. */
  public void cancel() {
    cancelled = true;
    Connection opened = connection;
    if (opened != null) {
      try {
        opened.unwrap(PGConnection.class).cancelQuery();
      } catch (SQLException e) {
        // The connection is gone already, which is as good.
        return;
      }
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
    Threads.awaitUninterruptibly(
        () -> {
          boolean ended = worker.awaitTermination(1, TimeUnit.SECONDS);
          if (!ended) {
            cancel();
          }
          return ended;
        });
    closeConnection();
  }

  private void closeConnection() {
    if (connection == null) {
      return;
    }
    try (Connection opened = connection) {
      opened.rollback();
    } catch (SQLException e) {
      // It has only read, and is gone already.
      return;
    }
  }
}
