package d2s.engine.read;

import d2s.engine.concurrent.Failure;
import d2s.engine.concurrent.Threads;
import d2s.engine.mapping.Side;
import d2s.engine.sql.RowReader;
import d2s.engine.sql.SharedConnection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads rows on a thread of its own, some batches ahead of whoever takes them, so that the source
 * database, the transformation and the target database work at the same time.
 */
public final class Prefetch implements AutoCloseable {

  private static final int BATCH = 500;

  /**
   * On the writing connection each batch is a turn, and between two turns an index may be made: a
   * second, in which whoever takes the rows should have enough of them.
   */
  private static final int BATCH_OF_TARGET = 5_000;

  private static final int BATCHES_AHEAD = 6;

  /** A batch ends early with so many bytes: what is read ahead is bounded whatever the rows are. */
  private static final long BATCH_BYTES = 4 << 20;

  private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private final int batchRows;
  private final Thread thread;
  private List<Object[]> batch = List.of();
  private int position;
  private boolean finished;

  /**
   * What ends the queue.
   *
   * @param failure what ended the reading early; null if nothing did
   */
  private record End(Failure failure) {

    void throwIfFailed() throws SQLException {
      if (failure != null) {
        throw failure.rethrow();
      }
    }
  }

  /**
   * @param side where the rows are; those of the target are put aside first, so that its tables can
   *     be changed while they are taken
   */
  Prefetch(SharedConnection connection, Side side, String sql, String name) {
    batchRows = side == Side.TARGET ? BATCH_OF_TARGET : BATCH;
    thread =
        new Thread(
            () ->
                read(
                    side == Side.TARGET
                        ? () -> ofTarget(connection, sql)
                        : () -> readAll(connection, sql)),
            "read " + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Something that puts batches into the queue. */
  @FunctionalInterface
  private interface Reading {
    void run() throws SQLException, InterruptedException;
  }

  private void read(Reading reading) {
    try {
      queue.put(end(reading));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static End end(Reading reading) throws InterruptedException {
    try {
      reading.run();
      return new End(null);
    } catch (SQLException | RuntimeException | Error e) {
      // All of them, or whoever takes the rows would wait for ever.
      return new End(new Failure(e));
    }
  }

  private void ofTarget(SharedConnection target, String sql)
      throws SQLException, InterruptedException {
    try (TemporaryResult result = new TemporaryResult(target, sql)) {
      readAll(target, result.query());
    }
  }

  @SuppressWarnings("try") // nothing is done with the resource but to close it
  private void readAll(SharedConnection connection, String sql)
      throws SQLException, InterruptedException {
    int fetchSize = Math.max(batchRows, RowReader.FETCH_SIZE);
    RowReader reader = connection.use(open -> new RowReader(open, sql, fetchSize));
    try (Closing closing = () -> connection.act(open -> reader.close())) {
      List<Object[]> rows = connection.use(open -> batch(reader));
      while (!rows.isEmpty()) {
        queue.put(rows);
        rows = connection.use(open -> batch(reader));
      }
    }
  }

  /** Closes what was opened on a connection, in a turn of its own. */
  @FunctionalInterface
  private interface Closing extends AutoCloseable {
    @Override
    void close() throws SQLException;
  }

  private List<Object[]> batch(RowReader reader) throws SQLException {
    List<Object[]> rows = new ArrayList<>(batchRows);
    long bytes = 0;
    while (rows.size() < batchRows && bytes < BATCH_BYTES) {
      Object[] row = reader.next();
      if (row == null) {
        break;
      }
      rows.add(row);
      bytes += bytes(row);
    }
    return rows;
  }

  private static long bytes(Object[] row) {
    long bytes = 0;
    for (Object value : row) {
      if (value instanceof String text) {
        bytes += text.length();
      } else if (value instanceof byte[] content) {
        bytes += content.length;
      } else if (value instanceof long[] numbers) {
        bytes += 8L * numbers.length;
      } else if (value instanceof String[] texts) {
        for (String text : texts) {
          bytes += text == null ? 0 : text.length();
        }
      }
    }
    return bytes;
  }

  /** The next row, or null after the last one. */
  @SuppressWarnings("unchecked")
  public Object[] next() throws SQLException {
    while (position == batch.size()) {
      if (finished) {
        return null;
      }
      try {
        Object taken = queue.take();
        if (taken instanceof End end) {
          finished = true;
          end.throwIfFailed();
        } else {
          batch = (List<Object[]>) taken;
          position = 0;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SQLException("interrupted while reading", e);
      }
    }
    return batch.get(position++);
  }

  /** Stops reading; the connection is free afterwards. */
  @Override
  public void close() {
    thread.interrupt();
    Threads.joinUninterruptibly(thread, queue::clear);
  }
}
