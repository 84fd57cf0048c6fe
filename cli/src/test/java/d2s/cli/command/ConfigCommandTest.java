package d2s.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

public class ConfigCommandTest {

  /** A configuration with something at every key that has a counterpart. */
  public static final String FULL =
      """
      version: 2
      global:
        server_name: example.org
        private_key: matrix_key.pem
        old_private_keys:
        - public_key: mn59Kxfdq9VziYHSBzI7+EDPDcBS2Xl7jeUdiiQcOnM=
          key_id: ed25519:mykeyid
          expired_at: 1601024554498
        key_validity_period: 24h30m
        database:
          connection_string: postgresql://dendrite:very-s3cret@localhost/dendrite
        well_known_server_name: matrix.example.org:8448
        well_known_client_name: https://matrix.example.org
        presence:
          enable_inbound: true
          enable_outbound: false
        server_notices:
          enabled: true
          local_part: _server
          display_name: Server Alert
          room_name: Notices
        report_stats: { enabled: true }
        cache: { max_age: 1h }
        metrics: { enabled: true, basic_auth: { username: m, password: very-s3cret } }
      client_api:
        registration_disabled: false
        registration_requires_token: true
        registration_shared_secret: very-s3cret
        guests_disabled: true
        enable_registration_captcha: true
        recaptcha_public_key: public
        recaptcha_private_key: very-s3cret
        recaptcha_siteverify_api: https://captcha.example/verify
        rate_limiting: { exempt_user_ids: ['@bot:example.org'] }
        turn:
          turn_user_lifetime: 5m
          turn_uris: ['turn:turn.example.org?transport=udp']
          turn_shared_secret: very-s3cret
      federation_api:
        key_perspectives:
        - server_name: keys.example
          keys:
          - key_id: ed25519:auto
            public_key: Noi6WqcDj0QmPxCNQqgezwTlBKrfqehY1u2FyWP9uYw=
        deny_networks: [10.0.0.0/8]
        allow_networks: [0.0.0.0/0, 10.1.0.0/16]
      media_api:
        base_path: /var/dendrite/media
        max_file_size_bytes: 0
        dynamic_thumbnails: true
        thumbnail_sizes: [{ width: 32, height: 33, method: crop }]
      room_server: { default_room_version: '11' }
      sync_api: { real_ip_header: X-Real-IP, search: { enabled: true } }
      user_api: { bcrypt_cost: 11, auto_join_rooms: ['#main:example.org'] }
      app_service_api: { config_files: [bridge.yaml], legacy_auth: true }
      something_else: 1
      """;

  @TempDir private Path directory;
  private Path yaml;
  private Path output;

  @BeforeEach
  void write() throws IOException {
    yaml = Files.writeString(directory.resolve("dendrite.yaml"), FULL);
    output = directory.resolve("homeserver.yaml");
    Files.writeString(directory.resolve("bridge.yaml"), "id: bridge\n");
  }

  private CommandLineRun run(String... more) {
    String[] arguments = {"config", "--dendrite-config", yaml.toString()};
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return CommandLineRun.of(all);
  }

  private CommandLineRun toFile() {
    return run("--output", output.toString());
  }

  private Map<String, Object> settings() throws IOException {
    return new Yaml().load(Files.readString(output));
  }

  @Test
  void takesOverWhatHasACounterpart() throws IOException {
    CommandLineRun run = toFile();

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(settings())
        .containsEntry("server_name", "example.org")
        .containsEntry("public_baseurl", "https://matrix.example.org")
        .containsEntry("signing_key_path", directory.resolve("signing.key").toString())
        .containsEntry("key_refresh_interval", 88_200_000)
        .containsEntry(
            "old_signing_keys",
            Map.of(
                "ed25519:mykeyid",
                Map.of(
                    "key",
                    "mn59Kxfdq9VziYHSBzI7+EDPDcBS2Xl7jeUdiiQcOnM",
                    "expired_ts",
                    1601024554498L)))
        .containsEntry("enable_registration", true)
        .containsEntry("registration_requires_token", true)
        .containsEntry("registration_shared_secret", "very-s3cret")
        .containsEntry("enable_registration_captcha", true)
        .containsEntry("recaptcha_private_key", "very-s3cret")
        .containsEntry("allow_guest_access", false)
        .containsEntry("bcrypt_rounds", 11)
        .containsEntry("turn_user_lifetime", 300_000)
        .containsEntry("turn_uris", List.of("turn:turn.example.org?transport=udp"))
        .containsEntry("ip_range_blacklist", List.of("10.0.0.0/8"))
        .containsEntry("ip_range_whitelist", List.of("10.1.0.0/16"))
        .containsEntry(
            "trusted_key_servers",
            List.of(
                Map.of(
                    "server_name",
                    "keys.example",
                    "verify_keys",
                    Map.of("ed25519:auto", "Noi6WqcDj0QmPxCNQqgezwTlBKrfqehY1u2FyWP9uYw"))))
        .containsEntry("presence", Map.of("enabled", true))
        .containsEntry("default_room_version", "11")
        .containsEntry("auto_join_rooms", List.of("#main:example.org"))
        .containsEntry("media_store_path", "/var/lib/matrix-synapse/media")
        .containsEntry("max_upload_size", "1G")
        .containsEntry("dynamic_thumbnails", true)
        .containsEntry(
            "thumbnail_sizes", List.of(Map.of("width", 32, "height", 33, "method", "crop")))
        .containsEntry(
            "app_service_config_files", List.of(directory.resolve("bridge.yaml").toString()))
        .containsEntry("use_appservice_legacy_authorization", true)
        .containsEntry("report_stats", true)
        .containsEntry("enable_metrics", true)
        .containsKeys("listeners", "database", "macaroon_secret_key", "form_secret")
        .doesNotContainKeys("serve_server_wellknown", "password_config");
  }

  @Test
  void theFileIsForItsOwnerOnlyAndNoSecretIsShown() throws IOException {
    CommandLineRun file = toFile();
    CommandLineRun shown = run();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(output)))
        .isEqualTo("rw-------");
    assertThat(file.all() + shown.all())
        .doesNotContain("very-s3cret")
        .doesNotContain(settings().get("macaroon_secret_key").toString());
    assertThat(shown.out())
        .contains("# from global.server_name of dendrite.yaml. It can never change.")
        .contains("server_name: example.org")
        .contains("# registration_shared_secret: (a secret; written only with --output)");
    assertThat(Files.readString(output)).doesNotContain("postgresql://");
  }

  @Test
  void listsWhatHasNoCounterpart() {
    CommandLineRun run = toFile();

    assertThat(run.out())
        .contains("- global.cache: ", "- sync_api.search: ")
        .contains("- client_api.rate_limiting.exempt_user_ids: give each an override")
        .contains("- something_else: not a key of Dendrite")
        .doesNotContain("- global.server_name");
    assertThat(run.err())
        .contains(
            "presence is on in one direction only", "{\"m.server\": \"matrix.example.org:8448\"}")
        .contains("X-Forwarded-For", "was unlimited");
  }

  @Test
  void neverOverwrites() throws IOException {
    Files.writeString(output, "mine");

    CommandLineRun run = toFile();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(output + " exists; it is not overwritten");
    assertThat(output).hasContent("mine");
  }

  @Test
  void whatIsNotSetIsWhatDendriteDoesThen() throws IOException {
    Files.writeString(yaml, "version: 2\nglobal: { server_name: example.org }\n");

    toFile();

    assertThat(settings())
        .containsEntry("enable_registration", false)
        .containsEntry("allow_guest_access", false)
        .containsEntry("presence", Map.of("enabled", false))
        .containsEntry("trusted_key_servers", List.of())
        .containsEntry("default_room_version", "10")
        .containsEntry("max_upload_size", 10_485_760)
        .containsEntry("bcrypt_rounds", 10)
        .doesNotContainKeys("server_notices", "turn_uris", "old_signing_keys");
    assertThat(Files.readString(output)).contains("where it is not set: this is what Dendrite did");
  }

  @Test
  void openRegistrationIsTakenOverWithAWarning() throws IOException {
    Files.writeString(
        yaml,
        "global: { server_name: example.org }\nclient_api: { registration_disabled: false }\n");

    CommandLineRun run = toFile();

    assertThat(settings()).containsEntry("enable_registration_without_verification", true);
    assertThat(run.err()).contains("anybody can register without any proof");
  }

  @Test
  void delegationToTheDefaultPortIsSynapsesToTell() throws IOException {
    Files.writeString(
        yaml,
        "global: { server_name: example.org, well_known_server_name: 'example.org:443',"
            + " disable_federation: true }\n");

    toFile();

    assertThat(settings())
        .containsEntry("serve_server_wellknown", true)
        .containsEntry("federation_domain_whitelist", List.of());
  }

  @Test
  void theWrongFileIsNamed() throws IOException {
    Files.writeString(yaml, "server_name: example.org\n");

    assertThat(toFile().err()).contains("has no global.server_name; is it the right file?");
    assertThat(output).doesNotExist();
  }

  @Test
  void saysTheSameInJson() throws Exception {
    JsonNode json = new ObjectMapper().readTree(run("--json").out());

    assertThat(json.path("secrets").toString())
        .contains("registration_shared_secret", "turn_shared_secret");
    assertThat(json.path("left_out").has("global.cache")).isTrue();
    assertThat(json.path("text").asText()).contains("server_name: example.org");
    assertThat(json.toString()).doesNotContain("very-s3cret");
  }
}
