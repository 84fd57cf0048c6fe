package d2s.engine.staging;

import d2s.engine.concurrent.Failure;
import d2s.engine.mapping.Layouts;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.Skipped;
import d2s.engine.result.StepResult;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogDdl;
import d2s.engine.schema.Column;
import d2s.engine.schema.Key;
import d2s.engine.schema.Sequence;
import d2s.engine.schema.Table;
import d2s.engine.sql.SqlErrors;
import d2s.engine.sql.SqlIdentifier;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Copies a source that is spread over several origins into one empty PostgreSQL database: tables,
 * rows, keys, values of the sequences, statistics.
 *
 * <p>Origins are read side by side, the tables of one after the other. A row that does not fit its
 * table is left out and named; in strict mode it ends everything.
 */
public final class Staging {

  private static final String PHASE = "staging";

  /** Reading is as much work as writing, and the database writes in a process of its own. */
  private static final int ORIGINS_AT_A_TIME = 2;

  /** Names of columns whose values are not for the eyes of people. */
  private static final Pattern SECRET = Pattern.compile("token|pushkey|secret|password");

  private static final String UNIQUE_VIOLATION = "23505";

  private final Layouts layouts;
  private final Catalog catalog;
  private final Distribution distribution;
  private final DataSource target;
  private final boolean strict;
  private final List<Skipped> skipped = Collections.synchronizedList(new ArrayList<>());
  private Progress progress = Progress.silent();
  private volatile boolean stopped;

  /**
   * @param catalog the sequences, and how tables are to be that no origin has
   * @param distribution without problems
   * @param target an empty database
   */
  public Staging(
      Layouts layouts,
      Catalog catalog,
      Distribution distribution,
      DataSource target,
      boolean strict) {
    this.layouts = layouts;
    this.catalog = catalog;
    this.distribution = distribution;
    this.target = target;
    this.strict = strict;
  }

  /** Ends it soon, from any thread; it then fails. */
  public void stop() {
    stopped = true;
  }

  /**
   * @return the rows that were left out
   * @throws MigrationFailedException if it is not possible; the target may hold anything then
   */
  public List<Skipped> run(Progress observer) {
    progress = observer;
    try {
      create();
      copy();
      finish();
      return List.copyOf(skipped);
    } catch (SQLException e) {
      throw new MigrationFailedException(
          "the source cannot be brought together in one database: "
              + SqlErrors.reason(e)
              + SqlErrors.advice(e, "database"),
          SqlErrors.withoutValues(e));
    } catch (IOException e) {
      throw new MigrationFailedException(
          "the source cannot be brought together in one database: " + e.getMessage(), e);
    }
  }

  private Catalog staged() {
    List<Table> tables =
        Stream.concat(distribution.tables().keySet().stream(), distribution.empty().stream())
            .toList();
    return new Catalog(catalog.name(), catalog.version(), tables, catalog.sequences());
  }

  private void create() throws SQLException {
    try (Connection connection = target.getConnection();
        Statement statement = connection.createStatement()) {
      CatalogDdl.execute(connection, CatalogDdl.beforeRows(ownersOnly(staged())));
      for (Table table : staged().tables()) {
        // Nothing of it has to survive a crash.
        statement.execute("alter table " + SqlIdentifier.quote(table.name()) + " set unlogged");
      }
    }
  }

  /** A sequence cannot belong to a column of a table that is not there. */
  private static Catalog ownersOnly(Catalog staged) {
    List<Sequence> sequences =
        staged.sequences().stream()
            .filter(
                sequence ->
                    sequence.owner() == null || staged.table(sequence.owner().table()).isPresent())
            .toList();
    return new Catalog(staged.name(), staged.version(), staged.tables(), sequences);
  }

  private void copy() throws SQLException, IOException {
    Map<Origin, List<Table>> work = new LinkedHashMap<>();
    distribution.components().keySet().forEach(origin -> work.put(origin, new ArrayList<>()));
    distribution
        .tables()
        .forEach((table, origins) -> origins.forEach(origin -> work.get(origin).add(table)));
    progress.planned(Map.of(PHASE, work.values().stream().mapToInt(List::size).sum()));
    ExecutorService executor = Executors.newFixedThreadPool(ORIGINS_AT_A_TIME);
    boolean complete = false;
    try {
      List<Future<?>> copies = new ArrayList<>();
      work.entrySet().stream()
          .sorted((one, other) -> Long.compare(bytes(other.getKey()), bytes(one.getKey())))
          .forEach(
              entry ->
                  copies.add(
                      executor.submit(
                          () -> {
                            copy(entry.getKey(), entry.getValue());
                            return null;
                          })));
      for (Future<?> copy : copies) {
        await(copy);
      }
      complete = true;
    } finally {
      stopped |= !complete;
      executor.shutdown();
      awaitEnd(executor);
    }
  }

  /** Nobody may take the connections away from a copy that still ends. */
  private static void awaitEnd(ExecutorService executor) {
    try {
      executor.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long bytes(Origin origin) {
    try {
      return origin.bytes();
    } catch (SQLException e) {
      // Only the order depends on it; the copy will say what is wrong.
      return 0;
    }
  }

  private void await(Future<?> copy) throws SQLException, IOException {
    try {
      copy.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationFailedException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new Failure(e.getCause()).rethrow();
    }
  }

  private void copy(Origin origin, List<Table> tables) throws SQLException, IOException {
    try (Connection connection = target.getConnection()) {
      for (Table table : tables) {
        checkStop();
        if (layouts.isBookkeeping(table.name())) {
          copyTogether(origin, table, connection);
        } else {
          copy(origin, table, table.name(), connection);
        }
      }
      origin.checkUnchanged();
    }
  }

  private void checkStop() {
    if (stopped) {
      throw new MigrationFailedException("the copy of the source was ended", null);
    }
  }

  private long copy(Origin origin, Table table, String name, Connection connection)
      throws SQLException, IOException {
    long start = System.nanoTime();
    progress.starting(PHASE, name, origin.estimatedRows(table.name()).orElse(-1));
    long[] read = {0};
    long written =
        origin.copy(
            table,
            connection,
            new Origin.CopyObserver() {
              @Override
              public void advanced(long rows) {
                checkStop();
                read[0] = rows;
                progress.advanced(name, rows);
              }

              @Override
              public void skipped(String row, String reason) {
                skip(table.name(), row, reason);
              }
            });
    progress.finished(
        new StepResult(
            PHASE,
            name,
            Math.max(written, read[0]),
            Map.of(table.name(), written),
            Duration.ofNanos(System.nanoTime() - start)));
    return written;
  }

  private void skip(String table, String row, String reason) {
    if (strict) {
      throw new MigrationFailedException(
          "strict: " + row + ", table " + table + ": " + reason, null);
    }
    skipped.add(new Skipped(table, row, reason));
  }

  /** Rows that another origin has brought already are the same. */
  private synchronized void copyTogether(Origin origin, Table table, Connection connection)
      throws SQLException, IOException {
    String quoted = SqlIdentifier.quote(table.name());
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create temporary table " + quoted + " (like public." + quoted + ") on commit drop");
      copy(origin, table, table.name() + " of " + origin.name(), connection);
      statement.execute(
          "insert into public.%s select t.* from %s t where not exists (select from public.%s p where %s)"
              .formatted(quoted, quoted, quoted, sameKey(table)));
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static String sameKey(Table table) {
    List<String> columns =
        table.primaryKey() == null ? table.columnNames() : table.primaryKey().columns();
    return columns.stream()
        .map(SqlIdentifier::quote)
        .map(column -> "p." + column + " is not distinct from t." + column)
        .collect(Collectors.joining(" and "));
  }

  private void finish() throws SQLException {
    try (Connection connection = target.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set maintenance_work_mem = '256MB'");
      for (Table table : staged().tables()) {
        checkStop();
        progress.building(table.name());
        keys(table, statement);
        for (var text : layouts.indexes().getOrDefault(table.name(), List.of())) {
          statement.execute(
              "create index on " + SqlIdentifier.quote(table.name()) + " " + text.value());
        }
      }
      progress.built();
      for (Sequence sequence : ownersOnly(staged()).sequences()) {
        setSequence(sequence, statement);
      }
      statement.execute("analyze");
    }
  }

  private void keys(Table table, Statement statement) throws SQLException {
    List<Key> keys = new ArrayList<>(table.uniqueKeys());
    if (table.primaryKey() != null) {
      keys.add(0, table.primaryKey());
    }
    List<String> statements =
        CatalogDdl.afterRows(new Catalog(catalog.name(), "", List.of(table), List.of()));
    for (int i = 0; i < keys.size(); i++) {
      try {
        statement.execute(statements.get(i));
      } catch (SQLException e) {
        if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
          throw e;
        }
        removeDoubles(table, keys.get(i), statement);
        statement.execute(statements.get(i));
      }
    }
  }

  /** Of rows with one key the first stays; the others are named, but for what may be a secret. */
  private void removeDoubles(Table table, Key key, Statement statement) throws SQLException {
    String quoted = SqlIdentifier.quote(table.name());
    String columns = SqlIdentifier.quoteAll(key.columns());
    String condition = key.condition() == null ? "" : " where " + key.condition();
    String sql =
        """
        delete from %s d
        using (select ctid, row_number() over (partition by %s order by ctid) as place from %s%s) p
        where p.ctid = d.ctid and p.place > 1
        returning concat_ws(' ', %s)
        """
            .formatted(
                quoted,
                columns,
                quoted,
                condition,
                key.columns().stream()
                    .map(
                        column ->
                            SECRET.matcher(column).find()
                                ? "'(hidden)'"
                                : "d." + SqlIdentifier.quote(column))
                    .collect(Collectors.joining(", ")));
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        skip(
            table.name(),
            rows.getString(1),
            "there is another row with the same " + String.join(", ", key.columns()));
      }
    }
  }

  private void setSequence(Sequence sequence, Statement statement) throws SQLException {
    Origin.LastNumber last = null;
    for (Origin origin : distribution.components().keySet()) {
      Origin.LastNumber here = origin.lastNumber(sequence);
      if (here != null && (last == null || here.value() > last.value())) {
        last = here;
      }
    }
    if (last == null) {
      last = fromRows(sequence, statement);
    }
    if (last != null) {
      statement.execute(
          "select setval('%s', %d, %s)"
              .formatted(
                  SqlIdentifier.quote(sequence.name()).replace("'", "''"),
                  Math.max(last.value(), sequence.minimum()),
                  last.used()));
    }
  }

  /** The greatest number in the columns that the sequence fills; null if there is none. */
  private Origin.LastNumber fromRows(Sequence sequence, Statement statement) throws SQLException {
    Origin.LastNumber last = null;
    for (Table table : staged().tables()) {
      for (Column column : table.columns()) {
        boolean filled =
            column.defaultExpression() != null
                && column.defaultExpression().startsWith("nextval('" + sequence.name() + "'");
        if (filled) {
          try (ResultSet row =
              statement.executeQuery(
                  "select max(%s) from %s"
                      .formatted(
                          SqlIdentifier.quote(column.name()), SqlIdentifier.quote(table.name())))) {
            row.next();
            long number = row.getLong(1);
            if (!row.wasNull() && (last == null || number > last.value())) {
              last = new Origin.LastNumber(number, true);
            }
          }
        }
      }
    }
    return last;
  }
}
