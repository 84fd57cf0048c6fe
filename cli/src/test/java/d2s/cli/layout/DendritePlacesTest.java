package d2s.cli.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.cli.configuration.DendriteConfiguration;
import d2s.cli.configuration.InvalidConfigurationException;
import d2s.cli.framework.Environment;
import d2s.engine.loader.LayoutsLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where options and configurations say that Dendrite has its tables. */
class DendritePlacesTest {

  private static final Environment NOTHING_GIVEN =
      new Environment(Map.of(), "somebody", Path.of("/nonexistent"), List.of());

  private static final String NAMED =
      "room_server, sync_api, user_api, key_server, federation_api, media_api";

  @TempDir private Path directory;

  private DendritePlaces configured(String yaml, Map<String, String> variables) throws Exception {
    Path file = Files.writeString(directory.resolve("dendrite.yaml"), yaml);
    return DendritePlaces.ofConfiguration(
        DendriteConfiguration.read(file, variables).databases(),
        LayoutsLoader.loadResources("dendrite-to-synapse"),
        directory.resolve("working"),
        NOTHING_GIVEN);
  }

  private DendritePlaces global(String connection, Map<String, String> variables) throws Exception {
    return configured(
        "global:\n  database:\n    connection_string: \"%s\"\n".formatted(connection), variables);
  }

  private Path file(String name) throws Exception {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "SQLite format 3\0");
  }

  private static DendritePlaces options(Object... texts) throws Exception {
    return DendritePlaces.ofOptions(
        Arrays.stream(texts).map(Object::toString).toList(), NOTHING_GIVEN);
  }

  /** The left is what Dendrite opens, found with Go's net/url; {dir} is a folder. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain.db, file:plain.db",
        "plain.db, file:./plain.db",
        "sub/plain.db, file:sub/plain.db",
        "plain.db, file:plain.db?_busy_timeout=1000&cache=shared",
        "a%20b.db, file:a%20b.db",
        "a b.db, file:a b.db",
        "a b.db, file:{dir}/a%20b.db",
        "a b.db, file://{dir}/a%20b.db?_busy_timeout=1000",
        "a b.db, file://{dir}/a b.db",
        "a b.db, file://localhost{dir}/a%20b.db",
        "a+b[1]{2}^3.db, file://{dir}/a+b[1]{2}^3.db",
        "ä's.db, file://{dir}/%c3%A4's.db",
        "a?b#c.db, file://{dir}/a%3fb%23c.db",
        "state, file:state",
        "working/there.db, file:there.db",
      })
  void aFileIsFoundAsDendriteFindsIt(String name, String text) throws Exception {
    Path file = file(name);

    DendritePlaces places = global(text.replace("{dir}", directory.toString()), Map.of());

    assertThat(places.places()).hasSize(1);
    assertThat(places.places().get(0).file().orElseThrow().toRealPath())
        .isEqualTo(file.toRealPath());
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "file:?x=1", "file://name.db", "file:///%zz.db", "file:///a%f"})
  void whatNamesNoFileIsSaidToNameNone(String text) {
    assertThatThrownBy(() -> global(text, Map.of()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("global.database.connection_string does not name a file");
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://d:p%40ss%20word@db:6000/my.db?sslmode=disable, db, 6000, my.db",
    "postgresql://d@%2Fvar%2Frun%2Fpostgresql/d, /var/run/postgresql, 5432, d",
    "host=/var/run/postgresql user=d dbname=d.db, /var/run/postgresql, 5432, d.db",
    "user=d password='it''s' dbname=x, localhost, 5432, x",
    "user=d password='a b\\\\'c' host=db dbname='my db', db, 5432, my db",
  })
  void everythingElseIsPostgres(String text, String host, int port, String database)
      throws Exception {
    String given = text.replace("it''s", "its");
    for (DendritePlaces places : List.of(global(given, Map.of()), options(unescaped(given)))) {
      assertThat(places.single().orElseThrow())
          .satisfies(
              settings -> {
                assertThat(settings.host()).isEqualTo(host);
                assertThat(settings.port()).isEqualTo(port);
                assertThat(settings.database()).isEqualTo(database);
              });
    }
  }

  /** As it is without YAML's quotes around it. */
  private static String unescaped(String text) {
    return text.replace("\\\\", "\\");
  }

  @Test
  void componentsMaySharePlacesAndHaveTheirOwnOfAnyKind() throws Exception {
    Path keys = file("working/keys.db");

    DendritePlaces places =
        configured(
            """
            global: { database: { connection_string: 'postgres://d:secret@one/dendrite' } }
            sync_api: { database: { connection_string: 'postgres://s@two:5433/sync?sslmode=require' } }
            user_api: { account_database: { connection_string: 'host=two port=5433 dbname=sync user=s' } }
            key_server: { database: { connection_string: 'file:keys.db' } }
            media_api: { database: { connection_string: 'file:./keys.db?_busy_timeout=1' } }
            relay_api: { database: { connection_string: 'file:relay.db' } }
            """,
            Map.of());

    assertThat(places.describe()).isEqualTo("2 databases and 1 SQLite file");
    assertThat(places.places())
        .extracting(Place::components)
        .map(components -> String.join(" ", components))
        .containsExactlyInAnyOrder(
            "room_server federation_api", "sync_api user_api", "key_server media_api");
    assertThat(places.places().stream().flatMap(place -> place.file().stream()))
        .singleElement()
        .satisfies(file -> assertThat(file.toRealPath()).isEqualTo(keys.toRealPath()));
    assertThat(places.notes())
        .containsExactly(
            "relay_api.database.connection_string names a database of its own, which is not needed:"
                + " nothing of it is migrated");
    assertThat(places.toString()).doesNotContain("secret");
  }

  @Test
  void aComponentWithoutADatabaseIsNamedByItsKey() {
    for (String component : NAMED.split(", ")) {
      StringBuilder yaml = new StringBuilder("version: 2\n");
      for (String other : NAMED.split(", ")) {
        String key = other.equals("user_api") ? "account_database" : "database";
        if (!other.equals(component)) {
          yaml.append(other + ": { " + key + ": { connection_string: 'dbname=" + other + "' } }\n");
        }
      }
      assertThatThrownBy(() -> configured(yaml.toString(), Map.of()))
          .hasMessageContainingAll(
              "names no database for " + component,
              component.equals("user_api")
                  ? "user_api.account_database.connection_string"
                  : component + ".database.connection_string",
              "global.database.connection_string");
    }
  }

  @Test
  void placeholdersAreReplacedInPathsToo() throws Exception {
    Path file = file("state/dendrite.db");
    Map<String, String> variables =
        Map.of("STATE_DIRECTORY", directory.resolve("state").toString(), "NAME", "dendrite");

    assertThat(global("file://$STATE_DIRECTORY/${NAME}.db", variables).places())
        .extracting(place -> place.file().orElseThrow())
        .containsExactly(file);
    assertThatThrownBy(() -> global("file://$STATE_DIRECTORY/dendrite.db", Map.of()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "global.database.connection_string", "$STATE_DIRECTORY", "/run/dendrite/dendrite.yaml");
  }

  @Test
  void whoeverIsNamedTwiceIsReadOnce() throws Exception {
    Path file = file("a.db");
    Files.createSymbolicLink(directory.resolve("link.db"), file);
    Files.writeString(directory.resolve("other.txt"), "no database");

    assertThat(options(directory, file, "file:" + file + "?x=1").places()).hasSize(1);
    assertThat(options("dbname=a host=db", "postgres://x@db/a", "dbname=b host=db").places())
        .hasSize(2);
  }

  @Test
  void aFolderMayHaveAnyName() throws Exception {
    Path file = file("key=value; 100%/dendrite.db");

    assertThat(options(file.getParent()).places())
        .extracting(place -> place.file().orElseThrow())
        .containsExactly(file);
    assertThat(options(file).places()).hasSize(1);
  }

  /** A link to nowhere is not readable for anybody. */
  @Test
  void aFileThatCannotBeReadIsNamedThoughOthersCan() throws Exception {
    file("a.db");
    Path unreadable = directory.resolve("roomserver.db");
    Files.createSymbolicLink(unreadable, Path.of("/nonexistent/roomserver.db"));

    assertThatThrownBy(() -> options(directory))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("the file " + unreadable + " cannot be read");
  }

  @Test
  void aFolderWithoutFilesAndAFileThatIsNotThereAreSaidSo() throws Exception {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Files.createFile(empty.resolve("relayapi.db"));

    assertThatThrownBy(() -> options(empty))
        .hasMessageContaining("there is no SQLite file in the folder " + empty);
    assertThatThrownBy(() -> options(directory.resolve("nothing.db")))
        .hasMessageContaining("there is no file " + directory.resolve("nothing.db"));
  }
}
