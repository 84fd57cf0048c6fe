package d2s.engine.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.function.Json;
import d2s.engine.loader.LayoutsLoader;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.Layouts.FileLayout;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.Skipped;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType;
import d2s.engine.schema.Key;
import d2s.engine.schema.Table;
import d2s.engine.staging.Distribution.Place;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of an SQLite file, and that nothing becomes of the file itself. */
class SqliteOriginTest {

  private static final String LAYOUT =
      """
      layouts: zoo
      components:
        animals: { description: The animals., tables: 'zoo_*' }
      bookkeeping: steps
      old_layout: Update it.
      sqlite:
        ignore: 'sqlite_*'
        without_nul: zoo_animals.nick
        columns:
          zoo_animals:
            nick: nullif(nick, '')
        sequences:
          zoo_seq: select seq from sqlite_sequence where name = 'zoo_animals'
      """;

  private static final Table ANIMALS =
      new Table(
          "zoo_animals",
          List.of(
              column("id", "int8", false),
              column("name", "text", false),
              column("nick", "text", true),
              column("tame", "bool", true),
              column("legs", "int2", true),
              column("kin", "int8[]", false),
              column("foods", "text[]", true),
              column("print", "bytea", true),
              column("seen", "timestamp without time zone", true)),
          new Key("zoo_animals_pkey", List.of("id"), null),
          List.of(),
          List.of());

  @TempDir private Path directory;

  private static Column column(String name, String type, boolean nullable) {
    return Column.of(name, ColumnType.of(type), nullable);
  }

  private static Catalog catalog() {
    return new Catalog("zoo", "1", List.of(ANIMALS), List.of());
  }

  private Layouts layouts() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("layout"));
    Files.writeString(folder.resolve("layouts.yaml"), LAYOUT);
    return LayoutsLoader.load(folder).orElseThrow();
  }

  private Path file(String... statements) throws SQLException {
    Path file = directory.resolve("animals.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      execute(
          connection,
          "create table zoo_animals (id integer primary key autoincrement, name, nick, tame, legs,"
              + " kin not null default '[]', foods, print, seen)");
      execute(connection, statements);
    }
    return file;
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private record Result(TestDatabase database, List<String> skipped) {

    List<String> rows(String columns) throws SQLException {
      return database.rows("select " + columns + " from zoo_animals order by id");
    }
  }

  private Result stage(Path file, boolean strict) throws Exception {
    try (SqliteOrigin origin = new SqliteOrigin(file, layouts().files(), directory)) {
      Distribution distribution =
          Distribution.of(layouts(), catalog(), List.of(new Place(origin, null)));
      assertThat(distribution.problems()).isEmpty();
      TestDatabase target = TestPostgres.createDatabase("zoo");
      List<Skipped> skipped =
          new Staging(layouts(), catalog(), distribution, target.dataSource(), strict)
              .run(Progress.silent());
      return new Result(
          target,
          skipped.stream()
              .map(one -> one.mapping() + ", " + one.what() + ": " + one.reason())
              .toList());
    }
  }

  @Test
  void valuesBecomeWhatTheirColumnIs() throws Exception {
    Path file =
        file(
            """
            insert into zoo_animals values
              (1, 'Löwe', '', 1, 4, '[2,3]', '["meat","say \\"a\\", b"]', x'00ff', '2024-02-29 12:30:00.5+00:00'),
              (2, x'c3a4', 'nick', 0, '4', x'5b312c20325d', '[]', null, '2000-01-01T00:00:00Z'),
              (3, 17, null, null, 4.0, '', 'null', x'', null),
              (9223372036854775807, '', 'n', 'true', -32768, 'null', '', 'ab', null),
              (-5, 9223372036854775808, 'n', 'F', '-4e0', '[]', '[]', 1, null),
              (-6, -0.5, 'n', 'True', x'34', '[]', '[]', null, null),
              (-7, 'x', 'n', 1.0, '0e999999999', '[]', '[]', null, null)
            """);

    Result result = stage(file, true);

    assertThat(result.skipped()).isEmpty();
    assertThat(result.rows("id, name, nick, tame, legs, kin, foods, encode(print, 'hex'), seen"))
        .containsExactly(
            "-7 x n t 0 {} {} - -",
            "-6 -0.5 n t 4 {} {} - -",
            "-5 9.2233720368547758e+18 n f -4 {} {} 31 -",
            "1 Löwe - t 4 {2,3} {meat,\"say \\\"a\\\", b\"} 00ff 2024-02-29 12:30:00.5",
            "2 ä nick f 4 {1,2} {} - 2000-01-01 00:00:00",
            "3 17 - - 4 {} -  -",
            "9223372036854775807  n t -32768 {} - 6162 -");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name | null                  | has no value, and there has to be one",
        "name | x'ff'                 | holds a text that is not UTF-8",
        "name | cast(x'610062' as text) | holds a text with the character U+0000",
        "tame | 2                     | holds neither 0 nor 1",
        "tame | 'perhaps'             | holds neither 0 nor 1",
        "legs | 4.5                   | holds a number that is not a whole one",
        "legs | 40000                 | holds a number that is too large",
        "legs | 'four'                | holds no number",
        "legs | x'ff'                 | holds no number",
        "legs | '4,000'               | holds no number",
        "legs | '4.5'                 | holds a number that is not a whole one",
        "legs | 1e-300                | holds a number that is not a whole one",
        "legs | '1e-999999999'        | holds a number that is not a whole one",
        "legs | '1e999999999'         | holds a number that is too large",
        "legs | 9e999                 | holds a number that is too large",
        "legs | 1e18                  | holds a number that is too large",
        "legs | '9223372036854775808' | holds a number that is too large",
        "legs | 9223372036854775808   | holds a number that is too large",
        "legs | zeroblob(2000)        | holds no number",
        "tame | ''                    | holds neither 0 nor 1",
        "kin  | '[1'                  | is to be an array",
        "kin  | '{}'                  | holds no JSON array",
        "kin  | '[1.5]'               | something else than whole numbers",
        "kin  | '[null]'              | something else than whole numbers",
        "kin  | '[9223372036854775808]' | something else than whole numbers",
        "foods | '[1]'                | something else than texts",
        "foods | '[\"\\u0000\"]'      | holds a text with the character U+0000",
        "seen | 'yesterday'           | holds no point in time",
      })
  void aRowThatDoesNotFitIsLeftOutAndNamed(String column, String value, String reason)
      throws Exception {
    Path file =
        file(
            "insert into zoo_animals (id, name) values (1, 'a'), (2, 'b'), (3, 'c')",
            "update zoo_animals set " + column + " = " + value + " where id = 2");

    Result result = stage(file, false);

    assertThat(result.rows("id")).containsExactly("1", "3");
    assertThat(result.skipped())
        .singleElement()
        .asString()
        .startsWith("zoo_animals, row 2 of " + file + ": the column " + column + " ")
        .contains(reason);
  }

  @Test
  void whereThatIsSaidAnotherCharacterTakesThePlaceOfTheOneThatPostgresDoesNotTake()
      throws Exception {
    Path file = file("insert into zoo_animals (name, nick) values ('a', cast(x'610062' as text))");

    assertThat(stage(file, true).rows("nick")).containsExactly("a\ufffdb");
  }

  @Test
  void inStrictModeSuchARowEndsEverything() throws Exception {
    Path file = file("insert into zoo_animals (id, name) values (7, null)");

    assertThatThrownBy(() -> stage(file, true))
        .isInstanceOf(MigrationFailedException.class)
        .hasMessageContainingAll("row 7", "animals.db", "zoo_animals", "name");
  }

  @Test
  void ofSeveralRowsWithOneKeyOneStays() throws Exception {
    Path file = directory.resolve("animals.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      execute(
          connection,
          "create table zoo_animals (id, name, nick, tame, legs, kin, foods, print, seen)",
          "insert into zoo_animals (id, name, kin) values (1, 'a', '[]'), (1, 'b', '[]'), (2, 'c',"
              + " '[]')");
    }

    Result result = stage(file, false);

    assertThat(result.rows("id, name")).containsExactly("1 a", "2 c");
    assertThat(result.skipped())
        .containsExactly("zoo_animals, 1: there is another row with the same id");
  }

  @Test
  void aColumnAndATableThatNobodyKnowsComeAlong() throws Exception {
    Path file =
        file(
            "alter table zoo_animals add column weight",
            "insert into zoo_animals (id, name, weight) values (1, 'a', 12.5)",
            "create table zoo_keepers (name text)",
            "insert into zoo_keepers values ('Ann')");

    Result result = stage(file, false);

    assertThat(result.rows("name, weight")).containsExactly("a 12.5");
    assertThat(result.database().rows("select name from zoo_keepers")).containsExactly("Ann");
  }

  @Test
  void theFileAndWhatLiesBesideItStayAsTheyAre() throws Exception {
    Path file = file("insert into zoo_animals (name) values ('a'), ('b')");
    Map<String, String> before = hashes(directory);

    assertThat(stage(file, true).rows("name")).containsExactly("a", "b");

    assertThat(hashes(directory)).containsAllEntriesOf(before);
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("animals.db", "layout");
  }

  @Test
  void whatIsOnlyInTheWriteAheadLogIsReadAndStaysThere() throws Exception {
    Path source = file("insert into zoo_animals (name) values ('a')");
    Path killed = Files.createDirectory(directory.resolve("killed")).resolve("animals.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + source)) {
      execute(
          connection,
          "pragma journal_mode = wal",
          "pragma wal_autocheckpoint = 0",
          "insert into zoo_animals (name) values ('only in the log')");
      // What a killed process leaves.
      for (Path one : SqliteOrigin.files(source)) {
        Files.copy(one, killed.resolveSibling(one.getFileName()));
      }
    }
    Map<String, String> before = hashes(killed.getParent());
    assertThat(before).containsKey("animals.db-wal");

    Result result = stage(killed, true);

    assertThat(result.rows("name")).containsExactly("a", "only in the log");
    assertThat(hashes(killed.getParent())).isEqualTo(before);
  }

  @Test
  void aTransactionThatWasBrokenOffIsNotReadAndStaysToBeMended() throws Exception {
    Path source =
        file(
            "insert into zoo_animals (name) with recursive n(i) as (select 1 union all select i + 1"
                + " from n where i < 20000) select 'animal ' || i from n");
    Path killed = Files.createDirectory(directory.resolve("killed")).resolve("animals.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + source)) {
      execute(
          connection,
          "pragma cache_size = 1",
          "begin",
          "update zoo_animals set name = 'half of a transaction'");
      for (Path one : SqliteOrigin.files(source)) {
        Files.copy(one, killed.resolveSibling(one.getFileName()));
      }
      execute(connection, "rollback");
    }
    Map<String, String> before = hashes(killed.getParent());
    assertThat(before).containsKey("animals.db-journal");

    Result result = stage(killed, true);

    assertThat(
            result.database().rows("select count(*) from zoo_animals where name like 'animal %'"))
        .containsExactly("20000");
    assertThat(hashes(killed.getParent())).isEqualTo(before);
  }

  @Test
  void whoeverWritesMeanwhileIsNoticedThoughNobodySeesWhoItIs() throws Exception {
    Path file = file("insert into zoo_animals (name) values ('a')");
    try (SqliteOrigin origin = new SqliteOrigin(file, layouts().files(), directory)) {
      Distribution distribution =
          Distribution.of(layouts(), catalog(), List.of(new Place(origin, null)));
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
        execute(connection, "insert into zoo_animals (name) values ('b')");
      }
      Staging staging =
          new Staging(
              layouts(),
              catalog(),
              distribution,
              TestPostgres.createDatabase("zoo").dataSource(),
              true);

      assertThatThrownBy(() -> staging.run(Progress.silent()))
          .isInstanceOf(MigrationFailedException.class)
          .hasMessageContainingAll("animals.db changed while it was read", "Stop whoever writes");
    }
  }

  @Test
  void whetherWritersOfOtherUsersWouldBeSeenIsKnown() throws Exception {
    Path file = file();
    assertThat(FileUsers.seesAll(List.of(file))).isTrue();
    Path foreign = Path.of("/proc/1/environ");
    assertThat(FileUsers.seesAll(List.of(file, foreign)))
        .as("root sees everything, others their own")
        .isEqualTo(Files.isReadable(foreign));
  }

  @Test
  void whoeverHasTheFileOpenIsNoticed() throws Exception {
    Path file = file();
    assertThat(FileUsers.of(List.of(file))).isEmpty();
    Process reader = new ProcessBuilder("sleep", "60").redirectInput(file.toFile()).start();
    try {
      assertThat(FileUsers.of(List.of(file)))
          .singleElement()
          .asString()
          .contains("process " + reader.pid(), "animals.db");
    } finally {
      reader.destroy();
      reader.waitFor();
    }
  }

  /** What SQLite's values look like is random here; what PostgreSQL holds has to be the same. */
  @Test
  void anyTextNumberAndArrayComesThrough() throws Exception {
    Random random = new Random(19);
    Path file = file();
    List<String> expected = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into zoo_animals (id, name, kin, foods) values (?, ?, ?, ?)")) {
      connection.setAutoCommit(false);
      for (int id = 1; id <= 3000; id++) {
        String text = text(random);
        long[] numbers = random.longs(random.nextInt(5)).toArray();
        List<String> foods = Stream.generate(() -> text(random)).limit(random.nextInt(4)).toList();
        insert.setLong(1, id);
        if (random.nextBoolean()) {
          insert.setString(2, text);
        } else {
          insert.setBytes(2, text.getBytes(StandardCharsets.UTF_8));
        }
        insert.setString(3, Json.write(Arrays.stream(numbers).boxed().toList()));
        insert.setBytes(4, Json.write(foods).getBytes(StandardCharsets.UTF_8));
        insert.addBatch();
        expected.add(text + " " + Arrays.toString(numbers) + " " + foods);
      }
      insert.executeBatch();
      connection.commit();
    }

    Result result = stage(file, true);

    List<String> found = new ArrayList<>();
    try (Connection connection = result.database().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from zoo_animals order by id")) {
      while (rows.next()) {
        found.add(
            rows.getString("name")
                + " "
                + Arrays.toString((Long[]) rows.getArray("kin").getArray())
                + " "
                + Arrays.toString((String[]) rows.getArray("foods").getArray()));
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(12), 1, 0x10ffff)
        .map(point -> point >= 0xd800 && point < 0xe000 ? '"' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void whoeverHoldsALockIsNoticedThoughNobodySeesWhatItHasOpen() throws Exception {
    Path file = file("insert into zoo_animals (name) values ('a')");
    String script =
        "import fcntl,sys,time; f=open(sys.argv[1],'r+b'); fcntl.lockf(f, fcntl.LOCK_SH, 510,"
            + " 0x40000002); print('locked', flush=True); time.sleep(60)";
    Process other =
        new ProcessBuilder("python3", "-c", script, file.toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("locked");
      assertThat(FileUsers.locks(List.of(file)))
          .singleElement()
          .asString()
          .contains("process " + other.pid(), "animals.db");
    } finally {
      other.destroy();
      other.waitFor();
    }
  }

  @Test
  void aNumberThatIsNotExactIsNotTaken() throws Exception {
    Path file = directory.resolve("animals.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      execute(
          connection,
          "create table zoo_animals (id, name, nick, tame, legs, kin, foods, print, seen)",
          "insert into zoo_animals (id, name) values (9007199254740991.0, 'exact'),"
              + " (9007199254740994.0, 'not exact'), (9007199254740994, 'whole')");
    }

    Result result = stage(file, false);

    assertThat(result.rows("id, name"))
        .containsExactly("9007199254740991 exact", "9007199254740994 whole");
    assertThat(result.skipped())
        .singleElement()
        .asString()
        .contains("row 2 of ", "the column id holds a number that is too large to be exact");
  }

  @Test
  void aTableWithoutRowNumbersAndNamesThatHaveToBeQuotedAreRead() throws Exception {
    Path file = directory.resolve("the animals; 100% of #1?.db");
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:sqlite:file:"
                + file.toString().replace("%", "%25").replace("#", "%23").replace("?", "%3f"))) {
      execute(
          connection,
          "create table zoo_animals (id integer primary key, name, nick, tame, legs, kin, foods,"
              + " print, seen, \"select\") without rowid",
          "insert into zoo_animals (id, name, \"select\") values (1, 'a', 's'), (2, null, 't')");
    }

    Result result = stage(file, false);

    assertThat(result.rows("id, name, \"select\"")).containsExactly("1 a s");
    assertThat(result.skipped()).singleElement().asString().contains("row ? of " + file);
  }

  /** An unknown column keeps its default, by which a value that nobody wrote can be told. */
  @Test
  void aConstantDefaultOfAnUnknownColumnStays() throws Exception {
    Path file =
        file(
            "alter table zoo_animals add column size integer not null default -42",
            "alter table zoo_animals add column mood text default 'it''s fine'",
            "alter table zoo_animals add column shy boolean default false",
            "insert into zoo_animals (id, name) values (1, 'a')",
            "create table zoo_visits (at text default current_timestamp)");

    Result result = stage(file, true);

    assertThat(
            result
                .database()
                .rows(
                    "select column_name, column_default from information_schema.columns where"
                        + " table_schema = 'public' and column_name in ('size', 'mood', 'shy', 'at') order by 1"))
        .containsExactly("at -", "mood 'it''s fine'::text", "shy '0'::text", "size '-42'::text");
    assertThat(result.rows("size, mood, shy")).containsExactly("-42 it's fine 0");
  }

  @Test
  void aFileThatWasCutOffIsNamed() throws Exception {
    Path file =
        file(
            "insert into zoo_animals (name) with recursive n(i) as (select 1 union all select i + 1"
                + " from n where i < 20000) select 'animal ' || i from n");
    byte[] bytes = Files.readAllBytes(file);
    for (int size : new int[] {bytes.length / 2 / 4096 * 4096, 5000, 1000, 50}) {
      Files.write(file, Arrays.copyOf(bytes, size));

      assertThatThrownBy(() -> stage(file, false))
          .as("the first %d bytes", size)
          .satisfiesAnyOf(
              failure ->
                  assertThat(failure)
                      .isInstanceOf(MigrationFailedException.class)
                      .hasMessageContainingAll("animals.db", "zoo_animals", ".recover"),
              failure ->
                  assertThat(failure)
                      .isInstanceOf(SQLException.class)
                      .hasMessageContainingAll("animals.db cannot be read", "integrity_check"));
    }
  }

  @Test
  void whatIsNoSqliteFileIsSaidSo() throws Exception {
    Path file = Files.writeString(directory.resolve("text.db"), "This is a text, no database.");

    assertThatThrownBy(
            () ->
                new SqliteOrigin(
                    file, new FileLayout(List.of(), List.of(), Map.of(), Map.of()), directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text.db is not an SQLite file");
  }

  @Test
  void aDamagedFileIsNamed() throws Exception {
    Path file =
        file(
            "insert into zoo_animals (name) with recursive n(i) as (select 1 union all select i + 1"
                + " from n where i < 20000) select 'animal ' || i from n");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = bytes.length / 2; i < bytes.length / 2 + 8192; i++) {
      bytes[i] = (byte) 0xa5;
    }
    Files.write(file, bytes);

    assertThatThrownBy(() -> stage(file, false))
        .isInstanceOf(MigrationFailedException.class)
        .hasMessageContainingAll("animals.db", "zoo_animals", ".recover");
  }

  private static Map<String, String> hashes(Path folder) throws Exception {
    Map<String, String> hashes = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      hashes.put(file.getFileName().toString(), new BigInteger(1, hash).toString(16));
    }
    return hashes;
  }
}
