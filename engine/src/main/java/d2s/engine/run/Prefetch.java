package d2s.engine.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads rows on a thread of its own, some batches ahead of whoever takes them, so that the source
 * database, the transformation and the target database work at the same time.
 */
final class Prefetch implements AutoCloseable {

  private static final int BATCH = 500;
  private static final int BATCHES_AHEAD = 6;

  /** A batch ends early with so many bytes: what is read ahead is bounded whatever the rows are. */
  private static final long BATCH_BYTES = 4 << 20;

  private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private final Thread thread;
  private List<Object[]> batch = List.of();
  private int position;
  private boolean finished;

  /** What ends the queue: the reader's failure, if it failed. */
  private record End(Throwable failure) {

    void throwIfFailed() throws SQLException {
      if (failure instanceof SQLException refused) {
        throw refused;
      } else if (failure instanceof RuntimeException fault) {
        throw fault;
      } else if (failure instanceof Error error) {
        throw error;
      }
    }
  }

  Prefetch(Connection connection, String sql, String name) {
    thread = new Thread(() -> read(connection, sql), "read " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void read(Connection connection, String sql) {
    try {
      End end = new End(null);
      try (RowReader reader = open(connection, sql)) {
        List<Object[]> rows = new ArrayList<>(BATCH);
        long bytes = 0;
        for (Object[] row = next(connection, reader); row != null; row = next(connection, reader)) {
          rows.add(row);
          bytes += bytes(row);
          if (rows.size() == BATCH || bytes >= BATCH_BYTES) {
            queue.put(rows);
            rows = new ArrayList<>(BATCH);
            bytes = 0;
          }
        }
        queue.put(rows);
      } catch (SQLException | RuntimeException | Error e) {
        // All of them, or whoever takes the rows would wait for ever.
        end = new End(e);
      }
      queue.put(end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

  // Rows can come from the connection on which others are written. The driver lets readers wait
  // while a COPY goes on, but wakes only one of them when it ends: two would wait for ever.

  private static RowReader open(Connection connection, String sql) throws SQLException {
    synchronized (connection) {
      return new RowReader(connection, sql);
    }
  }

  private static Object[] next(Connection connection, RowReader reader) throws SQLException {
    synchronized (connection) {
      return reader.next();
    }
  }

  /** The next row, or null after the last one. */
  @SuppressWarnings("unchecked")
  Object[] next() throws SQLException {
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
    boolean interrupted = false;
    while (thread.isAlive()) {
      queue.clear();
      try {
        thread.join(20);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
