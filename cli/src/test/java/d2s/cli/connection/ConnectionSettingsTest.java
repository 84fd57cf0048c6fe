package d2s.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.cli.framework.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTest {

  @TempDir private Path home;

  static Environment nothing() {
    return new Environment(Map.of(), "somebody", Path.of("/nonexistent"), List.of());
  }

  private static ConnectionSettings complete(String text, Environment surroundings)
      throws InvalidConnectionStringException {
    return ConnectionSettings.complete(ConnectionString.parse(text), surroundings);
  }

  @Test
  void completesAsLibpqDoes() throws InvalidConnectionStringException {
    ConnectionSettings settings = complete("host=''", nothing());

    assertThat(settings.host()).isEqualTo("localhost");
    assertThat(settings.port()).isEqualTo(5432);
    assertThat(settings.user()).isEqualTo("somebody");
    assertThat(settings.database()).isEqualTo("somebody");
    assertThat(settings.password()).isEmpty();
  }

  @Test
  void namesTheDatabaseAfterTheUser() throws InvalidConnectionStringException {
    assertThat(complete("user=dendrite", nothing()).database()).isEqualTo("dendrite");
  }

  @Test
  void takesTheEnvironmentForWhatIsNotGiven() throws InvalidConnectionStringException {
    Environment surroundings =
        new Environment(
            Map.of(
                "PGHOST", "db.example.org",
                "PGPORT", "5433",
                "PGUSER", "u",
                "PGPASSWORD", "p",
                "PGDATABASE", "d",
                "PGSSLMODE", "require"),
            "somebody",
            home,
            List.of());

    ConnectionSettings settings = complete("dbname=mine", surroundings);

    assertThat(settings.host()).isEqualTo("db.example.org");
    assertThat(settings.port()).isEqualTo(5433);
    assertThat(settings.user()).isEqualTo("u");
    assertThat(settings.database()).isEqualTo("mine");
    assertThat(settings.password().map(Secret::reveal)).contains("p");
    assertThat(settings.driverProperties()).containsEntry("sslmode", "require");
  }

  @Test
  void prefersTheSocketOfALocalServer() throws Exception {
    Path sockets = Files.createDirectory(home.resolve("sockets"));
    Files.createFile(sockets.resolve(".s.PGSQL.5433"));
    Environment surroundings =
        new Environment(Map.of(), "somebody", home, List.of(home.resolve("none"), sockets));

    assertThat(complete("port=5433", surroundings).socket())
        .contains(sockets.resolve(".s.PGSQL.5433"));
    assertThat(complete("port=5432", surroundings).host()).isEqualTo("localhost");
    assertThat(complete("jdbc:postgresql:d?port=5433", surroundings).socket()).isEmpty();
  }

  @Test
  void neverEncryptsOnASocket() throws InvalidConnectionStringException {
    assertThat(complete("host=/run sslmode=require", nothing()).driverProperties())
        .containsEntry("sslmode", "disable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"})
  void encryptsWithinThisMachineOnlyWhereTheServerWantsIt(String host) throws Exception {
    assertThat(complete("host=" + host, nothing()).driverProperties())
        .containsEntry("sslmode", "allow");
    assertThat(complete("sslmode=prefer host=" + host, nothing()).driverProperties())
        .containsEntry("sslmode", "prefer");
    assertThat(complete("channel_binding=require host=" + host, nothing()).driverProperties())
        .doesNotContainKey("sslmode");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"db.example.org", "localhost.example.org", "10.0.0.1", "128.0.0.1", "::2"})
  void leavesTheEncryptionOfAllElseToTheServer(String host) throws Exception {
    assertThat(complete("host=" + host, nothing()).driverProperties()).doesNotContainKey("sslmode");
  }

  @Test
  void checksTheCertificateWhereAnAuthorityIsNamed() throws InvalidConnectionStringException {
    assertThat(complete("sslmode=require sslrootcert=/ca.pem", nothing()).driverProperties())
        .containsEntry("sslmode", "verify-ca")
        .containsEntry("sslrootcert", "/ca.pem");
  }

  @Test
  void acceptsWhatServersTuneTheirConnectionsWith() throws InvalidConnectionStringException {
    assertThat(
            complete(
                    "host=a keepalives=1 keepalives_idle=10 client_encoding=UTF8"
                        + " binary_parameters=yes fallback_application_name=x",
                    nothing())
                .driverProperties())
        .containsOnlyKeys("ApplicationName", "gssEncMode");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port=0",
        "port=65536",
        "port=five",
        "port=99999999999",
        "host=a,b",
        "host=@abstract",
        "sslmode=maybe",
        "connect_timeout=soon",
      })
  void refusesImpossibleValues(String text) {
    assertThatThrownBy(() -> complete(text, nothing()))
        .isInstanceOf(InvalidConnectionStringException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host=h dbname=d user=u | exact",
        "host=h dbname=other user=u | any database",
        "host=h dbname=d user=v | co:lon\\slash",
        "host=h port=1 dbname=d user=u | any port",
        "host=x dbname=d user=u | last",
      })
  void looksUpThePasswordFile(String text, String password) throws Exception {
    passwordFile(
        "rw-------",
        "# a comment",
        "",
        "h:5432:d:u:exact",
        "h:5432:*:u:any database",
        "h:5432:d:v:co\\:lon\\\\slash",
        "h:*:d:u:any port",
        "too:short",
        "*:*:*:*:last");

    assertThat(complete(text, atHome(Map.of())).password().map(Secret::reveal)).contains(password);
  }

  @Test
  void knowsTheUsualSocketAsLocalhostInThePasswordFile() throws Exception {
    passwordFile("rw-------", "localhost:5432:d:u:local");
    Environment surroundings =
        new Environment(Map.of(), "u", home, List.of(Path.of("/var/run/postgresql")));

    assertThat(complete("host=/var/run/postgresql dbname=d", surroundings).password()).isPresent();
    assertThat(complete("host=/elsewhere dbname=d", surroundings).password()).isEmpty();
  }

  @Test
  void doesNotUseAPasswordFileThatOthersCanRead() throws Exception {
    passwordFile("rw-r-----", "*:*:*:*:open");

    ConnectionSettings settings = complete("host=h dbname=d", atHome(Map.of()));

    assertThat(settings.password()).isEmpty();
    assertThat(settings.notes()).singleElement().asString().contains("chmod 600");
  }

  @Test
  void findsThePasswordFileWhereItIsSaidToBe() throws Exception {
    Path file = passwordFile("rw-------", "*:*:*:*:elsewhere");
    Path moved = Files.move(file, home.resolve("passwords"));

    assertThat(complete("host=h", atHome(Map.of())).password()).isEmpty();
    assertThat(complete("host=h", atHome(Map.of("PGPASSFILE", moved.toString()))).password())
        .isPresent();
    assertThat(complete("host=h passfile=" + moved, atHome(Map.of())).password()).isPresent();
  }

  @Test
  void describesWithoutThePassword() throws InvalidConnectionStringException {
    ConnectionSettings settings = complete("postgres://u:s3cr3t@h:5433/d", nothing());

    assertThat(settings.describe()).isEqualTo("database \"d\" on h, port 5433, as user \"u\"");
    assertThat(settings.toString()).doesNotContain("s3cr3t");
    assertThat(complete("host=/run dbname=d user=u", nothing()).describe())
        .isEqualTo("database \"d\" on the socket /run/.s.PGSQL.5432, as user \"u\"");
  }

  private Environment atHome(Map<String, String> variables) {
    return new Environment(variables, "somebody", home, List.of());
  }

  private Path passwordFile(String permissions, String... lines) throws IOException {
    Path file = home.resolve(".pgpass");
    Files.write(file, List.of(lines));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
