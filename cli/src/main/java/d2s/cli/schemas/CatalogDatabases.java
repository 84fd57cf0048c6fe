package d2s.cli.schemas;

import d2s.cli.framework.InterruptHandler;
import d2s.cli.sandbox.TemporaryPostgres;
import d2s.engine.CatalogDatabase;
import d2s.engine.concurrent.Threads;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogDdl;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Databases without rows, one for each catalog, made in a temporary PostgreSQL when asked for. */
public final class CatalogDatabases implements AutoCloseable {

  /** Nobody needs these databases after a crash. */
  private static final Map<String, String> FORGETFUL =
      Map.of(
          "fsync", "off",
          "synchronous_commit", "off",
          "full_page_writes", "off",
          "autovacuum", "off");

  private final TemporaryPostgres postgres;

  /** Makes one database after the other, while those that are there are already asked. */
  private final ExecutorService maker =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "catalog databases");
            thread.setDaemon(true);
            return thread;
          });

  private final Map<String, Future<CatalogDatabase>> made = new LinkedHashMap<>();

  private final Future<?> started;

  /**
   * @param postgres is running; closed with this
   */
  public CatalogDatabases(TemporaryPostgres postgres) {
    this.postgres = postgres;
    this.started = CompletableFuture.completedFuture(null);
  }

  /**
   * @param settings those with which PostgreSQL is now started
   */
  private CatalogDatabases(TemporaryPostgres postgres, Map<String, String> settings) {
    this.postgres = postgres;
    this.started =
        maker.submit(
            () -> {
              postgres.start(settings);
              return null;
            });
  }

  /**
   * Begins to start a PostgreSQL. Whoever asks for the first database waits for it, and is told if
   * it does not start.
   *
   * @param interrupted is told of Ctrl-C before the server is stopped
   */
  public static CatalogDatabases start(InterruptHandler interruption, Runnable interrupted)
      throws IOException {
    TemporaryPostgres postgres = new TemporaryPostgres();
    interruption.install(
        "Interrupted.",
        () -> {
          interrupted.run();
          postgres.end();
        },
        () -> "The temporary PostgreSQL was stopped and removed.");
    return new CatalogDatabases(postgres, FORGETFUL);
  }

  /** Begins to make the databases of catalogs, in this order. */
  public void prepare(List<Catalog> catalogs) {
    catalogs.forEach(this::begin);
  }

  /**
   * The database of a catalog.
   *
   * @throws IOException if PostgreSQL does not start
   */
  public CatalogDatabase of(Catalog catalog) throws SQLException, IOException {
    return result(begin(catalog));
  }

  private Future<CatalogDatabase> begin(Catalog catalog) {
    return made.computeIfAbsent(catalog.name(), name -> maker.submit(() -> make(catalog)));
  }

  private CatalogDatabase make(Catalog catalog) throws SQLException, IOException {
    result(started);
    postgres.createDatabase(catalog.name());
    Connection connection = postgres.connect(catalog.name());
    try {
      connection.setAutoCommit(false);
      CatalogDdl.createForQueries(connection, catalog);
      connection.commit();
      connection.setAutoCommit(true);
      connection.setReadOnly(true);
      return new CatalogDatabase(catalog, connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** A new database without tables. */
  DataSource create(String name) throws SQLException {
    postgres.createDatabase(name);
    return postgres.dataSource(name);
  }

  private static <T> T result(Future<T> future) throws SQLException, IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a database was made");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException refused) {
        throw refused;
      } else if (e.getCause() instanceof IOException failed) {
        throw failed;
      } else if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new IllegalStateException("a database could not be made", e.getCause());
    }
  }

  @Override
  public void close() throws SQLException {
    // A PostgreSQL that is just starting has to be there to be stopped.
    made.values().forEach(one -> one.cancel(false));
    maker.shutdown();
    Threads.awaitUninterruptibly(() -> maker.awaitTermination(1, TimeUnit.SECONDS));
    try {
      for (Future<CatalogDatabase> one : made.values()) {
        if (!one.isCancelled()) {
          result(one).connection().close();
        }
      }
    } catch (IOException e) {
      // It never started, and whoever asked for a database was told.
    } finally {
      postgres.close();
    }
  }
}
