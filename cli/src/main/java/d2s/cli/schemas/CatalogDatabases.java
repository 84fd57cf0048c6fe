package d2s.cli.schemas;

import d2s.cli.framework.InterruptHandler;
import d2s.cli.layout.StagingDirectory;
import d2s.cli.sandbox.MemoryFolder;
import d2s.cli.sandbox.TemporaryPostgres;
import d2s.engine.CatalogDatabase;
import d2s.engine.CatalogPair;
import d2s.engine.CatalogServer;
import d2s.engine.concurrent.Threads;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogDdl;
import d2s.engine.schema.CommonCatalog;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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

  /** Has what several catalogs have in common. PostgreSQL makes it for such a purpose. */
  private static final String ORIGINAL = "template1";

  private final TemporaryPostgres postgres;

  /** Has the server in it; nothing where the server was given. */
  private final Optional<StagingDirectory> directory;

  /** Makes one database after the other, while those that are there are already asked. */
  private final ExecutorService maker =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "catalog databases");
            thread.setDaemon(true);
            return thread;
          });

  private final CatalogServer server = new CatalogServer();
  private final Map<String, Future<CatalogDatabase>> made = new ConcurrentHashMap<>();
  private final Map<String, CatalogPair> pairs = new ConcurrentHashMap<>();

  private final Future<?> started;

  /**
   * @param postgres is running; closed with this
   */
  public CatalogDatabases(TemporaryPostgres postgres) {
    this.postgres = postgres;
    this.directory = Optional.empty();
    this.started = CompletableFuture.completedFuture(null);
  }

  /**
   * @param directory where PostgreSQL is now started
   */
  private CatalogDatabases(StagingDirectory directory, TemporaryPostgres postgres) {
    this.postgres = postgres;
    this.directory = Optional.of(directory);
    this.started =
        maker.submit(
            () -> {
              postgres.start(FORGETFUL);
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
    StagingDirectory directory = directory();
    TemporaryPostgres postgres = new TemporaryPostgres(directory.path());
    interruption.install(
        "Interrupted.",
        () -> {
          interrupted.run();
          postgres.end();
        },
        () -> "The temporary PostgreSQL was stopped and removed.");
    return new CatalogDatabases(directory, postgres);
  }

  /** In memory where that is possible. What a killed command left there is removed. */
  private static StagingDirectory directory() throws IOException {
    Optional<Path> memory = MemoryFolder.find();
    if (memory.isPresent()) {
      StagingDirectory.removeLeftOvers(memory.get());
      StagingDirectory own = StagingDirectory.create(memory.get());
      // Some systems run no programs from there.
      if (TemporaryPostgres.keepsPrograms(own.path())) {
        return own;
      }
      own.close();
    }
    Path ordinary = Path.of(System.getProperty("java.io.tmpdir"));
    StagingDirectory.removeLeftOvers(ordinary);
    return StagingDirectory.create(ordinary);
  }

  /** Begins to make the databases of catalogs, those of the first pair first. */
  public void prepare(List<Catalog> sources, List<Catalog> targets) {
    begin(sources.get(0));
    if (targets.size() > 1) {
      // Most tables of a server are the same in all versions of its schema.
      Catalog common = CommonCatalog.of("common tables", targets);
      Future<?> original = maker.submit(() -> makeOriginal(common));
      beginCopy(targets.get(0), common, original);
      // Verifications begin with the newest source.
      sources.forEach(this::begin);
      targets.forEach(target -> beginCopy(target, common, original));
    }
    targets.forEach(this::begin);
    sources.forEach(this::begin);
  }

  private void beginCopy(Catalog target, Catalog common, Future<?> original) {
    made.computeIfAbsent(target.name(), name -> maker.submit(() -> copy(target, common, original)));
  }

  /**
   * The database of a catalog.
   *
   * @throws IOException if PostgreSQL does not start
   */
  public CatalogDatabase of(Catalog catalog) throws SQLException, IOException {
    return result(begin(catalog));
  }

  /** The databases of two catalogs, with what is known of them from the last time. */
  public CatalogPair pair(Catalog source, Catalog target) throws SQLException, IOException {
    String name = nameOf(source, target);
    CatalogPair known = pairs.get(name);
    if (known == null) {
      pairs.putIfAbsent(name, new CatalogPair(of(source), of(target)));
      known = pairs.get(name);
    }
    return known;
  }

  /** A pair for people. */
  static String nameOf(Catalog source, Catalog target) {
    return source.name() + " to " + target.name();
  }

  private Future<CatalogDatabase> begin(Catalog catalog) {
    return made.computeIfAbsent(catalog.name(), name -> maker.submit(() -> make(catalog)));
  }

  private CatalogDatabase make(Catalog catalog) throws SQLException, IOException {
    result(started);
    postgres.createDatabase(catalog.name());
    return fill(catalog, catalog);
  }

  /** Makes what several catalogs have in common. */
  private Void makeOriginal(Catalog common) throws SQLException, IOException {
    result(started);
    try (Connection connection = postgres.connect(ORIGINAL)) {
      CatalogDdl.createForQueries(connection, common);
    }
    return null;
  }

  private CatalogDatabase copy(Catalog catalog, Catalog common, Future<?> original)
      throws SQLException, IOException {
    result(original);
    postgres.copyDatabase(catalog.name(), ORIGINAL);
    return fill(catalog, CommonCatalog.rest(catalog, common));
  }

  /**
   * @param missing what the database does not have yet
   */
  private CatalogDatabase fill(Catalog catalog, Catalog missing) throws SQLException {
    Connection connection = postgres.connect(catalog.name());
    try {
      connection.setAutoCommit(false);
      CatalogDdl.createForQueries(connection, missing);
      connection.commit();
      connection.setAutoCommit(true);
      connection.setReadOnly(true);
      Connection verifications = postgres.connect(catalog.name());
      verifications.setReadOnly(true);
      return server.database(catalog, connection, verifications);
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

  static <T> T result(Future<T> future) throws SQLException, IOException {
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
          result(one).verifications().close();
        }
      }
    } catch (IOException e) {
      // It never started, and whoever asked for a database was told.
    } finally {
      postgres.close();
      directory.ifPresent(StagingDirectory::close);
    }
  }
}
