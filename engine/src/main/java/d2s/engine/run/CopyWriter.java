package d2s.engine.run;

import d2s.engine.run.CopyBuffer.Chunk;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Sends chunks to the target on a thread of its own, in the order in which they were given. */
final class CopyWriter implements AutoCloseable {

  /** While the target is busy for another step, so much of this one can wait. */
  private static final int CHUNKS_WAITING = 4;

  private static final int PIECE = 256 * 1024;

  private final BlockingQueue<List<Chunk>> queue = new ArrayBlockingQueue<>(CHUNKS_WAITING);
  private final SharedConnection target;
  private final Thread thread;
  private volatile SQLException failure;
  private volatile Throwable fault;
  private volatile String failedTable;

  CopyWriter(SharedConnection target, String name) {
    this.target = target;
    thread = new Thread(this::write, "write " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void write() {
    try {
      for (List<Chunk> chunks = queue.take(); !chunks.isEmpty(); chunks = queue.take()) {
        for (Chunk chunk : chunks) {
          if (failure == null && fault == null) {
            copy(chunk);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(Chunk chunk) {
    try {
      target.act(open -> copy(open, chunk));
    } catch (SQLException e) {
      failedTable = chunk.table();
      failure = e;
    } catch (RuntimeException | Error e) {
      // This thread must go on taking chunks, or the one that gives them would wait for ever.
      fault = e;
    }
  }

  private static void copy(Connection target, Chunk chunk) throws SQLException {
    CopyIn copy = target.unwrap(PGConnection.class).getCopyAPI().copyIn(chunk.statement());
    for (int at = 0; at < chunk.bytes().length; at += PIECE) {
      copy.writeToCopy(chunk.bytes(), at, Math.min(PIECE, chunk.bytes().length - at));
    }
    copy.endCopy();
  }

  /**
   * Hands over chunks, waiting while the target is behind.
   *
   * @throws TargetException if an earlier chunk was refused
   */
  void send(List<Chunk> chunks) throws TargetException {
    throwIfFailed();
    if (!chunks.isEmpty()) {
      put(chunks);
    }
  }

  /**
   * Waits until everything is in the target.
   *
   * @throws TargetException if a chunk was refused
   */
  void finish() throws TargetException {
    put(List.of());
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throwIfFailed();
  }

  /** Stops without waiting for chunks that were not sent yet; nothing is sent afterwards. */
  @Override
  public void close() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      queue.clear();
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(List<Chunk> chunks) {
    try {
      queue.put(chunks);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void throwIfFailed() throws TargetException {
    if (fault instanceof Error error) {
      throw error;
    }
    if (fault instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure != null) {
      throw new TargetException(failedTable, failure);
    }
  }

  /** The target refused rows of a table. */
  static final class TargetException extends Exception {

    private static final long serialVersionUID = 1;

    private final String table;

    TargetException(String table, SQLException cause) {
      super(cause);
      this.table = table;
    }

    String table() {
      return table;
    }

    SQLException refusal() {
      return (SQLException) getCause();
    }
  }
}
