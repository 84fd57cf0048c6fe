package d2s.matrix.verification.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.extension.VerificationContext;
import d2s.engine.schema.CatalogDdl;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.verification.FoundThings;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two accounts that the service can take over, and each thing that it could not. */
class AuthenticationServiceVerificationTest {

  private static TestDatabase synapse;

  /** The target, with the accounts of a Dendrite beside its own tables. */
  private record Target(Connection target) implements VerificationContext {

    @Override
    public Connection source() {
      return target;
    }

    @Override
    public Object fact(String name) {
      return "our.example";
    }

    @Override
    public Optional<Path> folder(String name) {
      return Optional.empty();
    }
  }

  @BeforeAll
  static void create() throws SQLException, IOException {
    synapse = TestPostgres.createDatabase("syn2mas");
    try (Connection connection = synapse.connect()) {
      CatalogDdl.create(connection, BundledCatalogs.newest("synapse"));
    }
    synapse.execute(
        "create table userapi_accounts (localpart text, server_name text, password_hash text)",
        """
        insert into users (name, password_hash, creation_ts) values
          ('@a:our.example', '$2a$10$' || repeat('x', 53), 1600000000), ('@b:our.example', null, 1600000000)
        """,
        """
        insert into devices (user_id, device_id, ip, hidden) values
          ('@a:our.example', 'ONE', '192.0.2.1', false), ('@a:our.example', 'TWO', '2001:db8::1', false),
          ('@b:our.example', 'KEY', null, true), ('@b:our.example', 'OLD', '-', false)
        """,
        """
        insert into access_tokens (id, user_id, device_id, token) values
          (1, '@a:our.example', 'ONE', 't1'), (2, '@b:our.example', null, 't2')
        """,
        """
        insert into user_threepids (user_id, medium, address, validated_at, added_at)
          values ('@a:our.example', 'email', 'a@our.example', 1600000000000, 1600000000000)
        """,
        "insert into user_external_ids values ('oidc-k', '1', '@a:our.example')");
  }

  @AfterAll
  static void drop() throws SQLException {
    synapse.drop();
  }

  @Test
  void findsNothingWrongWithGoodAccounts() throws SQLException {
    FoundThings result = after("select 1");

    assertThat(result.found()).isEmpty();
    assertThat(result.count()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update users set name = 'b:our.example' where name like '@b%' | b:our.example: is no user ID",
        "update users set name = '@:our.example' where name like '@b%' | @:our.example: is no user ID",
        "update users set name = '@b:far.example' where name like '@b%' | @b:far.example: is no user ID",
        "update users set name = null where name like '@b%' | an account without a name: is no user",
        "update users set name = '@A:our.example' where name like '@b%' | @A:our.example: differs",
        "update users set password_hash = 'argon2' where name like '@a%' | @a:our.example: has a password",
        "update users set creation_ts = null where name like '@a%' | @a:our.example: has no time",
        "update users set creation_ts = creation_ts * 1000 where name like '@a%'"
            + " | @a:our.example: was created in the future",
        "insert into devices (user_id, device_id) values ('@c:our.example', 'X')"
            + " | devices of @c:our.example: belongs to no account",
        "insert into access_tokens (id, user_id, token) values (3, '@c:our.example', 't3')"
            + " | access_tokens of @c:our.example: belongs to no account",
        "insert into refresh_tokens (id, user_id, device_id, token) values (3, '@c:our.example', 'X', 't')"
            + " | refresh_tokens of @c:our.example: belongs to no account",
        "update user_threepids set user_id = '@c:our.example'"
            + " | user_threepids of @c:our.example: belongs to no account",
        "update user_external_ids set user_id = '@c:our.example'"
            + " | user_external_ids of @c:our.example: belongs to no account",
        "update access_tokens set device_id = 'GONE' where id = 1"
            + " | @a:our.example GONE: is a token of a device that is not there",
        "insert into refresh_tokens (id, user_id, device_id, token) values (3, '@a:our.example', 'X', 't')"
            + " | @a:our.example X: is a token of a device that is not there",
        "update devices set ip = 'unknown' where device_id = 'ONE' | @a:our.example ONE: is a device with an ip",
        "update devices set ip = '192.0.2.1:80' where device_id = 'ONE'"
            + " | @a:our.example ONE: is a device with an ip",
        "update devices set hidden = null where device_id = 'ONE' | @a:our.example ONE: is a device that is",
        "update user_external_ids set auth_provider = 'oauth-delegated' | @a:our.example: is linked to",
      })
  void findsEachThingThatStopsTheService(String fault, String finding) throws SQLException {
    assertThat(after(fault).found()).anySatisfy(found -> assertThat(found).startsWith(finding));
  }

  /** Verifies after a change, and takes it back. */
  private static FoundThings after(String change) throws SQLException {
    FoundThings result = new FoundThings();
    try (Connection connection = synapse.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(change);
      new AuthenticationServiceVerification().verify(new Target(connection), result);
      connection.rollback();
    }
    return result;
  }
}
