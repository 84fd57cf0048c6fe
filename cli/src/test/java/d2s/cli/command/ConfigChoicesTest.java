package d2s.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What dendrite.yaml does not know: the database, the authentication service, other tools. */
class ConfigChoicesTest {

  private static final String SMALL = "global: { server_name: example.org }\n";

  @TempDir private Path directory;

  @Test
  void thePortStandsThereToBeEdited() throws IOException {
    config(SMALL);

    assertThat(database()).containsEntry("port", 5432).containsEntry("password", "FILL IN");
    assertThat(text()).contains("# FILL IN: Synapse's own database");
  }

  @Test
  void theDatabaseIsTakenFromItsConnectionString() throws IOException {
    CommandLineRun run =
        config(
            SMALL,
            "--synapse-db",
            "postgresql://matrix:s3cr3t@db.example.org:5433/syn?sslmode=require");

    assertThat(database())
        .containsEntry("host", "db.example.org")
        .containsEntry("port", 5433)
        .containsEntry("dbname", "syn")
        .containsEntry("user", "matrix")
        .containsEntry("password", "s3cr3t")
        .containsEntry("sslmode", "require");
    assertThat(text()).doesNotContain("FILL IN the password");
    assertThat(run.all()).doesNotContain("s3cr3t");
    assertThat(run("--synapse-db", "dbname=syn password=s3cr3t").all()).doesNotContain("s3cr3t");
  }

  @Test
  void partsOfTheDatabaseAreEnough() throws IOException {
    config(SMALL, "--synapse-db", "dbname=syn");
    assertThat(database()).containsEntry("dbname", "syn").containsEntry("password", "FILL IN");
    assertThat(text()).contains("FILL IN the password");

    config(SMALL, "--synapse-db", "host=/var/run/postgresql dbname=syn user=matrix");
    assertThat(database())
        .containsEntry("host", "/var/run/postgresql")
        .doesNotContainKey("password");
    assertThat(config(SMALL, "--synapse-db", "host=a sslfactory=b").exitCode()).isEqualTo(2);
  }

  @Test
  void whatClientsNeedStandsThere() throws IOException {
    config(SMALL);

    assertThat(settings()).containsEntry("user_directory", Map.of("search_all_users", true));
    assertThat(text()).contains("#max_event_delay_duration: 24h", "#  msc4140_enabled: true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$REGISTRATION_SHARED_SECRET",
        "${REGISTRATION_SHARED_SECRET}",
        "{{ matrix_dendrite_secret }}",
        "$CREDENTIALS_DIRECTORY/secret"
      })
  void placeholdersOfOtherToolsMustBeFilledIn(String placeholder) throws IOException {
    CommandLineRun run =
        config(
            """
            global: { server_name: example.org, well_known_client_name: 'X' }
            client_api:
              registration_shared_secret: 'X'
              registration_disabled: 'X'
              turn: { turn_uris: ['turn:a.example', 'X'], turn_password: 'X' }
            user_api: { bcrypt_cost: 'X' }
            media_api: { max_file_size_bytes: 'X' }
            federation_api: { key_perspectives: [{ server_name: 'X' }] }
            """
                .replace("X", placeholder));

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(settings())
        .containsEntry("registration_shared_secret", "FILL IN")
        .containsEntry("public_baseurl", "FILL IN")
        .containsEntry("turn_password", "FILL IN")
        .containsEntry("turn_uris", List.of("turn:a.example", "FILL IN"))
        .containsEntry("trusted_key_servers", List.of(Map.of("server_name", "FILL IN")))
        .containsEntry("bcrypt_rounds", 10)
        .containsEntry("enable_registration", false);
    for (String key :
        List.of(
            "client_api.registration_shared_secret",
            "client_api.registration_disabled",
            "client_api.turn.turn_uris",
            "user_api.bcrypt_cost",
            "federation_api.key_perspectives",
            "media_api.max_file_size_bytes")) {
      assertThat(run.err()).contains(key + " is the placeholder " + placeholder);
    }
  }

  @Test
  void anOldKeyWithAPlaceholderIsLeftOutWithANote() throws IOException {
    CommandLineRun run =
        config(
            "global: { server_name: example.org, old_private_keys:"
                + " [{ private_key: $CREDENTIALS_DIRECTORY/old.pem, expired_at: 1 }] }\n");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.err()).contains("global.old_private_keys[0] has a placeholder");
    assertThat(settings()).doesNotContainKey("old_signing_keys");
  }

  @Test
  void aSecretWithADollarSignIsNoPlaceholder() throws IOException {
    config(SMALL + "client_api: { registration_shared_secret: 'a$BC$d{e}$f' }\n");

    assertThat(settings()).containsEntry("registration_shared_secret", "a$BC$d{e}$f");
  }

  @Test
  void theAuthenticationServiceGetsItsHalf() throws IOException {
    Path mas = directory.resolve("mas.yaml");
    CommandLineRun run =
        config(
            SMALL
                + """
                client_api:
                  registration_disabled: false
                  registration_requires_token: true
                  enable_registration_captcha: true
                  recaptcha_public_key: public
                  recaptcha_private_key: very-s3cret
                """,
            "--mas",
            mas.toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.all()).doesNotContain("very-s3cret");
    Map<String, Object> service = new Yaml().load(Files.readString(mas));
    Map<?, ?> matrix = (Map<?, ?>) service.get("matrix");
    assertThat(matrix.get("homeserver")).isEqualTo("example.org");
    assertThat(service.get("passwords"))
        .isEqualTo(
            Map.of(
                "enabled",
                true,
                "schemes",
                List.of(
                    Map.of("version", 1, "algorithm", "bcrypt", "unicode_normalization", false),
                    Map.of("version", 2, "algorithm", "argon2id"))));
    assertThat(service.get("account"))
        .isEqualTo(
            Map.of("password_registration_enabled", true, "registration_token_required", true));
    assertThat(service.get("captcha"))
        .isEqualTo(
            Map.of("service", "recaptcha_v2", "site_key", "public", "secret_key", "very-s3cret"));
    assertThat(settings())
        .containsEntry("password_config", Map.of("enabled", false))
        .containsEntry("enable_registration", false)
        .containsEntry("allow_guest_access", false)
        .doesNotContainKeys(
            "enable_registration_captcha",
            "registration_requires_token",
            "enable_registration_without_verification");
    assertThat(((Map<?, ?>) settings().get("matrix_authentication_service")).get("secret"))
        .isEqualTo(matrix.get("secret"));
    assertThat(Files.getPosixFilePermissions(mas)).hasSize(2);
  }

  @Test
  void theAuthenticationServiceNeedsBothFiles() throws IOException {
    Files.writeString(directory.resolve("dendrite.yaml"), SMALL);
    CommandLineRun run = run("--mas", directory.resolve("mas.yaml").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--mas wants --output too");
  }

  private CommandLineRun config(String yaml, String... options) throws IOException {
    Files.writeString(directory.resolve("dendrite.yaml"), yaml);
    Files.deleteIfExists(directory.resolve("homeserver.yaml"));
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--output", directory.resolve("homeserver.yaml").toString()));
    return run(all.toArray(String[]::new));
  }

  private CommandLineRun run(String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("config", "--dendrite-config", directory.resolve("dendrite.yaml").toString()));
    arguments.addAll(List.of(options));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private String text() throws IOException {
    return Files.readString(directory.resolve("homeserver.yaml"));
  }

  private Map<String, Object> settings() throws IOException {
    return new Yaml().load(text());
  }

  private Map<?, ?> rawDatabase() throws IOException {
    return (Map<?, ?>) ((Map<?, ?>) settings().get("database")).get("args");
  }

  private Map<Object, Object> database() throws IOException {
    return new HashMap<>(rawDatabase());
  }
}
