package d2s.cli.connection;

import static d2s.cli.connection.ConnectionParameter.APPLICATION_NAME;
import static d2s.cli.connection.ConnectionParameter.CONNECT_TIMEOUT;
import static d2s.cli.connection.ConnectionParameter.DATABASE;
import static d2s.cli.connection.ConnectionParameter.HOST;
import static d2s.cli.connection.ConnectionParameter.PASSWORD;
import static d2s.cli.connection.ConnectionParameter.PORT;
import static d2s.cli.connection.ConnectionParameter.SSL_MODE;
import static d2s.cli.connection.ConnectionParameter.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionStringTest {

  @Test
  void readsKeyValuePairs() throws InvalidConnectionStringException {
    assertThat(ConnectionString.parse("host=/var/run/postgresql dbname='my db' port=5433"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(HOST, "/var/run/postgresql", DATABASE, "my db", PORT, "5433"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "password=plain | plain",
        "password = spaced | spaced",
        "password='two words' | two words",
        "password='it\\'s' | it's",
        "password=it\\'s | it's",
        "password=back\\\\slash | back\\slash",
        "password=with\\ space | with space",
        "password='a=b' | a=b",
        "password=a=b | a=b",
        "password=qu'ote | qu'ote",
        "password='' dbname=x | ``",
        "password=first password=last | last",
        "password='x'dbname=y | x",
        "password=trailing\\ | trailing",
        "password=ünïcödé | ünïcödé",
      })
  void quotesAsLibpqDoes(String text, String password) throws InvalidConnectionStringException {
    assertThat(ConnectionString.parse(text)).containsEntry(PASSWORD, password);
  }

  @Test
  void separatesPairsByAnySpace() throws InvalidConnectionStringException {
    assertThat(ConnectionString.parse(" \thost=a\n  user=b\r\n dbname=c "))
        .containsExactlyInAnyOrderEntriesOf(Map.of(HOST, "a", USER, "b", DATABASE, "c"));
  }

  @Test
  void takesABareWordAsTheDatabase() throws InvalidConnectionStringException {
    assertThat(ConnectionString.parse("dendrite")).isEqualTo(Map.of(DATABASE, "dendrite"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "postgresql", "POSTGRESQL"})
  void readsUris(String scheme) throws InvalidConnectionStringException {
    assertThat(
            ConnectionString.parse(
                scheme + "://us%40er:p%3A%2F%40ss@db.example.org:5433/my%20db?sslmode=require"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                USER, "us@er",
                PASSWORD, "p:/@ss",
                HOST, "db.example.org",
                PORT, "5433",
                DATABASE, "my db",
                SSL_MODE, "require"));
  }

  @Test
  void readsEveryParameterOfAUri() throws InvalidConnectionStringException {
    assertThat(
            ConnectionString.parse(
                "postgres:///d?host=%2Frun%2Fpg&connect_timeout=3&application_name=a+b&user=u"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                DATABASE, "d",
                HOST, "/run/pg",
                CONNECT_TIMEOUT, "3",
                APPLICATION_NAME, "a+b",
                USER, "u"));
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://[::1]/d, ::1",
    "postgres://[2001:db8::7]:5433/d, 2001:db8::7",
    "postgres://user@[::1]/d, ::1",
    "postgres://%2Fvar%2Frun%2Fpostgresql/d, /var/run/postgresql",
    "postgres://127.0.0.1?dbname=d, 127.0.0.1",
    "postgres://127.0.0.1:/d, 127.0.0.1",
  })
  void readsHosts(String uri, String host) throws InvalidConnectionStringException {
    assertThat(ConnectionString.parse(uri)).containsEntry(HOST, host).containsEntry(DATABASE, "d");
  }

  @Test
  void readsAUriThatSaysNothing() throws InvalidConnectionStringException {
    assertThat(ConnectionString.parse("postgresql://")).isEmpty();
    assertThat(ConnectionString.parse("postgresql:///")).isEmpty();
    assertThat(ConnectionString.parse("postgresql://user@")).isEqualTo(Map.of(USER, "user"));
  }

  @Test
  void readsJdbcUrls() throws InvalidConnectionStringException {
    assertThat(ConnectionString.parse("jdbc:postgresql://h:5433/d?user=u&password=a+b%25"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(HOST, "h", PORT, "5433", DATABASE, "d", USER, "u", PASSWORD, "a b%"));
    assertThat(ConnectionString.parse("jdbc:postgresql:d?ApplicationName=x"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(HOST, "localhost", DATABASE, "d", APPLICATION_NAME, "x"));
    assertThat(ConnectionString.parse("jdbc:postgresql:///d"))
        .containsExactlyInAnyOrderEntriesOf(Map.of(HOST, "localhost", DATABASE, "d"));
  }

  @Test
  void translatesTheSslFlagOfJdbc() throws InvalidConnectionStringException {
    assertThat(ConnectionString.parse("postgres://h/d?ssl=true"))
        .containsEntry(SSL_MODE, "require");
    assertThat(ConnectionString.parse("jdbc:postgresql://h/d?ssl=true"))
        .containsEntry(SSL_MODE, "verify-full");
    assertThat(ConnectionString.parse("postgres://h/d?ssl=false")).doesNotContainKey(SSL_MODE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | is empty",
        "host=a dbname | no =",
        "host localhost | no =",
        "dbname='open | not closed",
        "dbname='open\\' | not closed",
        "socketFactory=evil.Factory | socketFactory is not supported",
        "host=a service=x | service is not supported",
        "jdbc:postgresql://h/d?loggerFile=/tmp/x | loggerFile is not supported",
        "postgres://h/d?sslfactory=evil | sslfactory is not supported",
        "postgres://h/d?sslmode | name=value",
        "postgres://h/d?a=b=c | name=value",
        "postgres://h/d?user=%zz | hexadecimal",
        "postgres://h/d?user=%4 | hexadecimal",
        "postgres://h/d?user=%00 | hexadecimal",
        "postgres://h/d?user=%ff | not UTF-8",
        "postgres://[::1/d | not closed",
        "postgres://[::1]5432/d | must follow",
        "postgres://u:p@ss@h/d | two @",
        "postgres://u:p/ss@h/d | percent-encoded",
        "postgres://h:54a/d | not a number",
        "postgres://h/d?ssl=maybe | true or false",
        "mysql://h/d | not a PostgreSQL address",
        "jdbc:oracle:thin | not a PostgreSQL address",
        "file:dendrite.db | SQLite",
        "homeserver.db | SQLite",
      })
  void saysWhatIsWrong(String text, String message) {
    if (text.equals("homeserver.db")) {
      text = "/var/lib/" + text;
    }
    String written = text;
    assertThatThrownBy(() -> ConnectionString.parse(written))
        .isInstanceOf(InvalidConnectionStringException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password=s3cr3t host",
        "host=a password='s3cr3t",
        "host=a password=my s3cr3t dbname=x",
        "postgres://u:s3cr3t@x@h/d",
        "postgres://u:a/s3cr3t@h/d",
        "postgres://u:5432/s3cr3t@h/d",
        "postgres://u:s3cr3t%@h/d",
        "postgres://u:?s3cr3t@h/d",
        "postgres://u:a?s3cr3t=b@h/d",
        "jdbc:postgresql://u:s3cr3t:x@@h/d",
      })
  void neverRepeatsAPassword(String text) {
    assertThatThrownBy(
            () ->
                ConnectionSettings.complete(
                    ConnectionString.parse(text), ConnectionSettingsTest.nothing()))
        .isInstanceOf(InvalidConnectionStringException.class)
        .message()
        .doesNotContain("s3cr3t");
  }
}
