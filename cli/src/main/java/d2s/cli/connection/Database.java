package d2s.cli.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import d2s.engine.sql.FailedDatabase;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * A small pool of connections to one database that can cancel what runs on them.
 *
 * <p>Closing it closes the connections, and with them what was not committed.
 */
public final class Database implements DataSource, AutoCloseable {

  /** More than a run uses at one time, on a server with its usual limit of 100. */
  private static final int MAXIMUM_CONNECTIONS = 8;

  /** How long it is tried again to open one more connection when the first one is open. */
  private static final long CONNECTION_MILLIS = 10_000;

  /** After this time a server that was asked to cancel something is taken for lost. */
  private static final long CANCEL_SECONDS = 8;

  /**
   * What a role or a database may have set for itself must not end a run: it works for hours in one
   * transaction, waits for nobody, and means the tables of the schema public. Settings that this
   * version of PostgreSQL does not have are left out.
   */
  private static final String SETTINGS =
      """
      select set_config(name, case name when 'search_path' then 'public' else '0' end, false)
      from pg_settings
      where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout',
                     'idle_session_timeout', 'transaction_timeout', 'search_path')
      """;

  /** The same for all connections of this process and of no other: others are told by it. */
  private static final String NAME =
      "d2s " + Long.toHexString(new SecureRandom().nextLong() >>> 16);

  private final String role;
  private final HikariDataSource pool;
  private final Set<PGConnection> used =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** Connections that are being cancelled. */
  private final Set<PGConnection> busy = ConcurrentHashMap.newKeySet();

  /** By {@link System#nanoTime}; 0 if there was none. */
  private final AtomicLong firstCancel = new AtomicLong();

  private Database(String role, HikariDataSource pool) {
    this.role = role;
    this.pool = pool;
  }

  /** The pool shows it every failure of its connections, before anybody else sees it. */
  private record Named(String role) implements SQLExceptionOverride {

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
      FailedDatabase.name(failure, role);
      return Override.CONTINUE_EVICT;
    }
  }

  /**
   * Connects.
   *
   * @param role whose database it is, as people call it, in front of the word database
   * @throws ConnectionFailedException if that is not possible
   */
  public static Database open(String role, ConnectionSettings settings)
      throws ConnectionFailedException {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setServerNames(
        new String[] {settings.socket().isPresent() ? "localhost" : settings.host()});
    driver.setPortNumbers(new int[] {settings.port()});
    driver.setDatabaseName(settings.database());
    driver.setUser(settings.user());
    driver.setApplicationName(NAME);
    settings.password().ifPresent(password -> driver.setPassword(password.reveal()));
    try {
      for (var property : settings.driverProperties().entrySet()) {
        driver.setProperty(property.getKey(), property.getValue());
      }
      if (settings.socket().isPresent()) {
        driver.setSocketFactory(UnixSocketFactory.class.getName());
        driver.setSocketFactoryArg(settings.socket().get().toString());
      } else {
        // A server that vanished with its network is noticed within minutes, not hours.
        driver.setSocketFactory(LiveSocketFactory.class.getName());
        driver.setTcpKeepAlive(true);
      }
      // The details of server errors quote the values of rows, and those may be tokens.
      driver.setLogServerErrorDetail(false);
      // The pool would wrap and repeat the failure; asked directly, the driver says it plainly.
      // A pooler would mix up the prepared statements of these connections.
      driver.setPreferQueryMode(PreferQueryMode.SIMPLE);
      boolean isPooled = Pooler.givesEachTransactionAnotherSession(driver);
      driver.setPreferQueryMode(PreferQueryMode.EXTENDED);
      if (isPooled) {
        throw new ConnectionFailedException(
            "cannot use the " + role + " " + settings.describe() + ": " + Pooler.REASON, null);
      }
    } catch (SQLException e) {
      throw new ConnectionFailedException(new ConnectionDiagnosis(role, settings).explain(e), e);
    }
    HikariConfig config = new HikariConfig();
    config.setDataSource(driver);
    config.setPoolName(role);
    config.setConnectionTimeout(CONNECTION_MILLIS);
    config.setMinimumIdle(0);
    config.setMaximumPoolSize(MAXIMUM_CONNECTIONS);
    // A connection may work for hours in one transaction; the pool must not retire it meanwhile.
    config.setMaxLifetime(0);
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(SETTINGS);
    config.setExceptionOverride(new Named(role));
    return new Database(role, new HikariDataSource(config));
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = open();
    used.add(connection.unwrap(PGConnection.class));
    return connection;
  }

  /** What keeps the pool from connecting is said by the server, and not by the pool. */
  private Connection open() throws SQLException {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      throw FailedDatabase.name(e.getCause() instanceof SQLException reason ? reason : e, role);
    }
  }

  /**
   * Asks the server to give up what runs on any connection of this pool, and does not wait for it.
   * A server that does not answer for some seconds is left: its connections are closed here, and it
   * rolls back when it notices. May be called again and again, from any thread.
   */
  public void cancel() {
    Set<PGConnection> copy;
    synchronized (used) {
      copy = Set.copyOf(used);
    }
    long now = System.nanoTime();
    firstCancel.compareAndSet(0, now);
    boolean isTooLong = now - firstCancel.get() > TimeUnit.SECONDS.toNanos(CANCEL_SECONDS);
    for (PGConnection connection : copy) {
      if (isTooLong) {
        abort(connection);
      } else if (busy.add(connection)) {
        // Over a network that is gone, to ask takes as long as to wait.
        begin(() -> cancel(connection));
      }
    }
  }

  private void cancel(PGConnection connection) {
    try {
      connection.cancelQuery();
    } catch (SQLException e) {
      // The connection is gone already, which is what was wanted.
      return;
    } finally {
      busy.remove(connection);
    }
  }

  private static void abort(PGConnection connection) {
    try {
      ((Connection) connection).abort(Database::begin);
    } catch (SQLException e) {
      // Closed, which is what was wanted.
      return;
    }
  }

  private static void begin(Runnable work) {
    Thread thread = new Thread(work, "cancel");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    pool.close();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the user of this database is fixed");
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter writer) throws SQLException {
    pool.setLogWriter(writer);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || pool.isWrapperFor(type);
  }
}
