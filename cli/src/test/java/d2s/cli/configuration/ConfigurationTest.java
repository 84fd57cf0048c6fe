package d2s.cli.configuration;

import static d2s.cli.connection.ConnectionParameter.DATABASE;
import static d2s.cli.connection.ConnectionParameter.HOST;
import static d2s.cli.connection.ConnectionParameter.PASSWORD;
import static d2s.cli.connection.ConnectionParameter.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

  @TempDir private Path directory;

  @Test
  void readsWhereDendritesComponentsHaveTheirTables() throws Exception {
    DendriteConfiguration.Read read =
        DendriteConfiguration.read(
            file(
                "dendrite.yaml",
                """
                version: 2
                global:
                  server_name: example.org
                  database:
                    connection_string: postgresql://dendrite:pw@db/dendrite?sslmode=disable
                    max_open_conns: 90
                user_api: { account_database: { connection_string: 'host=db dbname=one' } }
                """),
            Map.of());

    assertThat(read.server().serverName()).contains("example.org");
    assertThat(read.databases().of("user_api")).contains("host=db dbname=one");
    assertThat(read.databases().of("sync_api"))
        .contains("postgresql://dendrite:pw@db/dendrite?sslmode=disable");
  }

  @Test
  void replacesPlaceholdersFromTheEnvironmentAndNamesTheOthers() throws Exception {
    Path file =
        file(
            "dendrite.yaml",
            """
            global:
              server_name: example.org
              database: { connection_string: 'postgres://d:$DB_PASSWORD@${DB_HOST}/d' }
            """);

    assertThat(
            DendriteConfiguration.read(file, Map.of("DB_PASSWORD", "a$1b", "DB_HOST", "db"))
                .databases()
                .global())
        .contains("postgres://d:a$1b@db/d");
    assertThatThrownBy(() -> DendriteConfiguration.read(file, Map.of("DB_PASSWORD", "pw")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "global.database.connection_string", "${DB_HOST}", "/run/dendrite/dendrite.yaml")
        .message()
        .doesNotContain("pw");
  }

  @Test
  void readsSynapsesDatabase() throws Exception {
    ServerConfiguration read =
        HomeserverConfiguration.read(
            List.of(
                file(
                    "homeserver.yaml",
                    """
                    server_name: example.org
                    database:
                      name: psycopg2
                      args: { user: synapse, password: 12345, database: s, host: db, cp_min: 5 }
                    """)));

    assertThat(read.serverName()).contains("example.org");
    assertThat(read.database())
        .contains(Map.of(USER, "synapse", PASSWORD, "12345", DATABASE, "s", HOST, "db"));
  }

  @Test
  void letsLaterFilesOfSynapseWin() throws Exception {
    Path first = file("homeserver.yaml", "server_name: wrong\nmedia_store_path: /m\n");
    Path parts = Files.createDirectory(directory.resolve("conf.d"));
    Files.writeString(parts.resolve("10-name.yaml"), "server_name: example.org\n");
    Files.writeString(parts.resolve("20-db.yaml"), "database: { name: psycopg2, args: {} }\n");
    Files.writeString(parts.resolve("notes.txt"), "not: [yaml");

    ServerConfiguration read = HomeserverConfiguration.read(List.of(first, parts));

    assertThat(read.serverName()).contains("example.org");
    assertThat(read.database()).contains(Map.of());
  }

  @Test
  void readsOneNamedDatabaseOfSynapse() throws Exception {
    Path one = file("a.yaml", "databases: { master: { name: psycopg2, args: { dbname: s } } }\n");
    Path two = file("b.yaml", "databases: { master: {}, state: {} }\n");

    assertThat(HomeserverConfiguration.read(List.of(one)).database())
        .contains(Map.of(DATABASE, "s"));
    assertThatThrownBy(() -> HomeserverConfiguration.read(List.of(two)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("several databases");
  }

  @Test
  void refusesSynapseOnSqlite() throws Exception {
    Path file = file("homeserver.yaml", "database: { name: sqlite3, args: { database: x } }\n");

    assertThatThrownBy(() -> HomeserverConfiguration.read(List.of(file)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("psycopg2");
  }

  @Test
  void pointsAtBrokenYamlWithoutQuotingIt() throws Exception {
    Path file = file("homeserver.yaml", "a: 1\nmacaroon_secret_key: @s3cr3t\n");

    assertThatThrownBy(() -> HomeserverConfiguration.read(List.of(file)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("homeserver.yaml:2:22")
        .message()
        .doesNotContain("s3cr3t");
  }

  @Test
  void namesAMissingFileAndAWrongOne() throws Exception {
    assertThatThrownBy(() -> DendriteConfiguration.read(directory.resolve("none.yaml"), Map.of()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("there is no file");
    Path list = file("list.yaml", "- a\n");
    assertThatThrownBy(() -> DendriteConfiguration.read(list, Map.of()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("right file");
  }

  @Test
  void agreesOnOneServerName() throws Exception {
    ServerConfiguration dendrite = named("dendrite.yaml", Optional.of("example.org"));
    ServerConfiguration synapse = named("homeserver.yaml", Optional.of("example.org"));
    ServerConfiguration other = named("homeserver.yaml", Optional.of("matrix.example.org"));
    ServerConfiguration silent = named("homeserver.yaml", Optional.empty());

    assertThat(ServerName.agree(Optional.empty(), List.of(dendrite, synapse)))
        .contains("example.org");
    assertThat(ServerName.agree(Optional.of("example.org"), List.of(silent)))
        .contains("example.org");
    assertThat(ServerName.agree(Optional.empty(), List.of(silent))).isEmpty();
    assertThatThrownBy(() -> ServerName.agree(Optional.empty(), List.of(dendrite, other)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("dendrite.yaml says example.org")
        .hasMessageContaining("homeserver.yaml says matrix.example.org");
    assertThatThrownBy(() -> ServerName.agree(Optional.of("x"), List.of(dendrite)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("--server-name says x");
  }

  private static ServerConfiguration named(String origin, Optional<String> name) {
    return new ServerConfiguration(origin, name, Optional.empty(), Optional.empty());
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }
}
