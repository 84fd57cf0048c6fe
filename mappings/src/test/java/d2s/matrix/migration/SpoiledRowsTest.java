package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import d2s.engine.extension.Verification;
import d2s.engine.verify.Outcome;
import d2s.engine.verify.VerificationResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What {@code d2s verify} notices, for every table and every column that a migration fills.
 *
 * <p>{@code spoiled.txt} says it: {@code TABLE: VERIFICATION} notices a row that is missing, {@code
 * TABLE.COLUMN: VERIFICATION} another value in one row; {@code - REASON} is why nothing does.
 * {@code -Dd2s.spoil='users[.].*'} looks for those anew and prints the lines.
 */
class SpoiledRowsTest {

  private static final String NOBODY = "- ";
  private static final Predicate<String> ANEW =
      Pattern.compile(System.getProperty("d2s.spoil", "")).asMatchPredicate();

  /** Tables that Synapse's own schema fills, or that say which schema it is. */
  private static final Set<String> OF_THE_SCHEMA =
      Set.of(
          "applied_schema_deltas",
          "schema_compat_version",
          "schema_version",
          "applied_module_schemas");

  /** Each column of each table, with its type. */
  private static final String COLUMNS =
      """
      select c.relname, a.attname, format_type(a.atttypid, null)
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = '' and a.attidentity = ''
      order by c.relname, a.attnum
      """;

  private static MigratedRecording recording;
  private static UncommittedTransaction dendrite;
  private static UncommittedTransaction synapse;

  /**
   * A table or a column, and the statement that spoils one row.
   *
   * @param name {@code TABLE} or {@code TABLE.COLUMN}
   */
  private record Spoil(String name, String sql) {}

  @BeforeAll
  static void migrate() throws SQLException {
    recording = MigratedRecording.of("dendrite-0.13.8");
    dendrite = recording.dendriteTransaction();
    synapse = recording.synapseTransaction();
  }

  @AfterAll
  static void drop() throws SQLException {
    dendrite.close();
    synapse.close();
    recording.close();
  }

  @Test
  void everyTableAndColumnIsListed() throws IOException, SQLException {
    assertThat(listed().keySet())
        .containsExactlyInAnyOrderElementsOf(spoils().stream().map(Spoil::name).toList());
    assertThat(listed().values()).allMatch(one -> !one.isBlank());
  }

  @TestFactory
  Stream<DynamicTest> whatIsSpoiledIsNoticed() throws IOException, SQLException {
    Map<String, String> listed = listed();
    return spoils().stream()
        .filter(one -> ANEW.test(one.name()) || !isUnnoticed(listed.get(one.name())))
        .map(one -> dynamicTest(one.name(), () -> spoil(one, listed.get(one.name()))));
  }

  private static void spoil(Spoil one, String listed) throws SQLException {
    try {
      execute("set session_replication_role = replica");
      execute(one.sql());
      if (ANEW.test(one.name())) {
        String notices = whoNotices(one);
        System.out.println("spoiled " + one.name() + ": " + (notices == null ? NOBODY : notices));
        assertThat(notices == null).as(one.name()).isEqualTo(isUnnoticed(listed));
      } else {
        assertThat(isNoticedBy(listed)).as("%s is noticed by %s", one.name(), listed).isTrue();
      }
    } finally {
      synapse.takeBack();
    }
  }

  private static boolean isUnnoticed(String listed) {
    return listed == null || listed.startsWith(NOBODY);
  }

  /** The first verification that notices; null if none does. */
  private static String whoNotices(Spoil one) throws SQLException {
    String table = one.name().split("[.]")[0];
    for (String verification : byTable(table)) {
      if (isNoticedBy(verification)) {
        return verification;
      }
    }
    return null;
  }

  private static boolean isNoticedBy(String verification) throws SQLException {
    try {
      VerificationResult result =
          MigratedRecording.verify(
                  dendrite.dataSource(), synapse.dataSource(), Set.of(verification))
              .results()
              .get(0);
      assertThat(result.outcome()).as(result.reason()).isNotEqualTo(Outcome.ERROR);
      return result.outcome() == Outcome.FAILED;
    } finally {
      dendrite.takeBack();
    }
  }

  /**
   * Those that are about a table come first, then those that mapping files say, then the others.
   */
  private static List<String> byTable(String table) {
    Map<Boolean, List<String>> named =
        ServiceLoader.load(Verification.class).stream()
            .map(ServiceLoader.Provider::get)
            .collect(
                Collectors.partitioningBy(
                    one -> one.tables().contains(table),
                    Collectors.mapping(Verification::name, Collectors.toList())));
    return Stream.of(
            named.get(true),
            List.of("references", "constants", "expectations", "counts"),
            named.get(false))
        .flatMap(List::stream)
        .toList();
  }

  private static void execute(String sql) throws SQLException {
    try (Statement statement = synapse.connection().createStatement()) {
      statement.execute(sql);
    }
  }

  private static Map<String, String> listed() throws IOException {
    try (InputStream in = SpoiledRowsTest.class.getResourceAsStream("/spoiled.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(": ", 2))
          .collect(
              Collectors.toMap(
                  line -> line[0],
                  line -> line[1],
                  (first, second) -> {
                    throw new IllegalStateException(first + " and " + second);
                  },
                  TreeMap::new));
    }
  }

  /** Whatever PostgreSQL lets through. */
  private static List<Spoil> spoils() throws SQLException {
    Map<String, List<String[]>> tables = new TreeMap<>();
    try (Statement statement = synapse.connection().createStatement();
        ResultSet rows = statement.executeQuery(COLUMNS)) {
      while (rows.next()) {
        tables
            .computeIfAbsent(rows.getString(1), table -> new ArrayList<>())
            .add(new String[] {rows.getString(2), rows.getString(3)});
      }
    }
    execute("set session_replication_role = replica");
    List<Spoil> spoils = new ArrayList<>();
    for (Map.Entry<String, List<String[]>> table : tables.entrySet()) {
      String name = table.getKey();
      if (OF_THE_SCHEMA.contains(name)) {
        continue;
      }
      add(
          new Spoil(
              name,
              "delete from %s where ctid = %s".formatted(name, place(name, "ctid is not null"))),
          spoils);
      for (String[] column : table.getValue()) {
        add(
            new Spoil(
                name + "." + column[0],
                "update %s set %s = %s where ctid = %s"
                    .formatted(
                        name,
                        quoted(column[0]),
                        another(quoted(column[0]), column[1]),
                        place(name, quoted(column[0]) + " is not null"))),
            spoils);
      }
    }
    return spoils;
  }

  private static void add(Spoil one, List<Spoil> spoils) throws SQLException {
    Savepoint before = synapse.connection().setSavepoint();
    try (Statement statement = synapse.connection().createStatement()) {
      if (statement.executeUpdate(one.sql()) == 1) {
        spoils.add(one);
      }
    } catch (SQLException e) {
      // A rule of the schema, or a number beyond its column: it cannot get into the database.
      assertThat(e.getSQLState()).as(e.getMessage()).matches("2[23].*");
    } finally {
      synapse.connection().rollback(before);
    }
  }

  private static String quoted(String column) {
    return '"' + column + '"';
  }

  /** The row to spoil: one that says something, if there is any. */
  private static String place(String table, String condition) {
    return "(select ctid from %s order by (%s) desc, ctid limit 1)".formatted(table, condition);
  }

  /** Another value of the same form: what reads JSON must still be able to. */
  private static String another(String column, String type) {
    return switch (type) {
      case "text", "character varying" ->
          "case when %1$s = '{}' then '{\"x\":1}' when %1$s like '{%%' then '{\"x\":1,' || substr(%1$s, 2)"
                  .formatted(column)
              + " when %1$s = '[]' then '[\"x\"]' when %1$s like '[%%' then '[]' else coalesce(%1$s, '') || 'x' end"
                  .formatted(column);
      case "bigint", "integer" -> "coalesce(%s, 0) + 1000003".formatted(column);
      case "smallint" -> "1 - coalesce(%s, 0)".formatted(column);
      case "boolean" -> "not coalesce(%s, false)".formatted(column);
      case "bytea" -> "coalesce(%s, '') || 'x'::bytea".formatted(column);
      case "double precision", "real" -> "coalesce(%s, 0) + 1".formatted(column);
      case "tsvector" -> "coalesce(%s, '') || 'x'::tsvector".formatted(column);
      case "jsonb" -> "'{\"x\": 1}'";
      case "text[]" -> "array_append(%s, 'x')".formatted(column);
      case "character" -> "'x'";
      default -> throw new IllegalStateException(column + " is of the type " + type);
    };
  }
}
