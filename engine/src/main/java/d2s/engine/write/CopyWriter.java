package d2s.engine.write;

import d2s.engine.concurrent.Failure;
import d2s.engine.concurrent.Threads;
import d2s.engine.sql.SharedConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Sends chunks to the target on a thread of its own, in the order in which they were given. */
public final class CopyWriter implements AutoCloseable {

  /** While the target is busy for another step, so much of this one can wait. */
  private static final int CHUNKS_WAITING = 4;

  private static final int PIECE = 256 * 1024;

  private final BlockingQueue<List<Waiting>> queue = new ArrayBlockingQueue<>(CHUNKS_WAITING);
  private final SharedConnection target;
  private final SqlComputedValues values;
  private final Thread thread;
  private volatile Failure failure;
  private volatile String failedTable;

  /** A chunk and its bytes, once they are complete. */
  private record Waiting(CopyChunk chunk, Future<byte[]> bytes) {}

  public CopyWriter(SharedConnection target, SqlComputedValues values, String name) {
    this.target = target;
    this.values = values;
    thread = new Thread(this::write, "write " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void write() {
    try {
      for (List<Waiting> chunks = queue.take(); !chunks.isEmpty(); chunks = queue.take()) {
        for (Waiting chunk : chunks) {
          if (failure == null) {
            copy(chunk);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(Waiting waiting) throws InterruptedException {
    try {
      byte[] bytes = complete(waiting.bytes());
      target.act(open -> copy(open, waiting.chunk().statement(), bytes));
    } catch (SQLException | RuntimeException | Error e) {
      // This thread must go on taking chunks, or the one that gives them would wait for ever.
      failedTable = waiting.chunk().table();
      failure = new Failure(e);
    }
  }

  private static byte[] complete(Future<byte[]> bytes) throws SQLException, InterruptedException {
    try {
      return bytes.get();
    } catch (ExecutionException e) {
      throw new Failure(e.getCause()).rethrow();
    }
  }

  private static void copy(Connection target, String statement, byte[] bytes) throws SQLException {
    CopyIn copy = target.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
    for (int at = 0; at < bytes.length; at += PIECE) {
      copy.writeToCopy(bytes, at, Math.min(PIECE, bytes.length - at));
    }
    copy.endCopy();
  }

  /**
   * Hands over chunks, waiting while the target is behind.
   *
   * @throws CopyException if an earlier chunk was refused
   */
  void send(List<CopyChunk> chunks) {
    throwIfFailed();
    if (!chunks.isEmpty()) {
      put(chunks.stream().map(chunk -> new Waiting(chunk, values.complete(chunk))).toList());
    }
  }

  /**
   * Waits until everything is in the target.
   *
   * @throws CopyException if a chunk was refused
   */
  void finish() {
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
    queue.clear();
    thread.interrupt();
    Threads.joinUninterruptibly(thread, queue::clear);
  }

  private void put(List<Waiting> chunks) {
    try {
      queue.put(chunks);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void throwIfFailed() {
    if (failure != null) {
      try {
        throw failure.rethrow();
      } catch (SQLException e) {
        throw new CopyException(failedTable, e);
      }
    }
  }
}
