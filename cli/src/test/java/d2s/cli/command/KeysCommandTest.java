package d2s.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.cli.CommandLineRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {

  /** The first example of RFC 8032, 7.1. */
  private static final String SEED = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

  private static final String PUBLIC = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo";

  @TempDir private Path directory;
  private Path pem;
  private Path yaml;
  private Path key;

  @BeforeEach
  void choosePlaces() throws IOException {
    pem = write("matrix_key.pem", pem("ed25519:now", SEED));
    yaml = directory.resolve("dendrite.yaml");
    key = directory.resolve("signing.key");
  }

  private static String pem(String keyId, String seed) {
    return "-----BEGIN MATRIX PRIVATE KEY-----\nKey-ID: "
        + keyId
        + "\n\n"
        + seed
        + "=\n-----END MATRIX PRIVATE KEY-----\n";
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private CommandLineRun withKey() {
    return CommandLineRun.of(
        "keys", "--dendrite-key", pem.toString(), "--synapse-key", key.toString());
  }

  private CommandLineRun withConfiguration(String... more) {
    String[] arguments = {
      "keys", "--dendrite-config", yaml.toString(), "--synapse-key", key.toString()
    };
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return CommandLineRun.of(all);
  }

  @Test
  void writesTheKeyForItsOwnerOnlyAndShowsThePublicHalf() throws IOException {
    CommandLineRun run = withKey();

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(key).hasContent("ed25519 now " + SEED + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(run.out())
        .containsPattern("Dendrite publishes +ed25519:now +" + PUBLIC)
        .containsPattern("Synapse will publish +ed25519:now +" + PUBLIC)
        .contains("signing_key_path: " + key)
        .doesNotContain("old_signing_keys");
    assertThat(run.all()).doesNotContain(SEED);
  }

  @Test
  void aSecondRunFindsTheSameKeyAndLeavesIt() throws IOException {
    withKey();
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    CommandLineRun again = withKey();

    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("Already there: " + key);
    assertThat(again.err()).contains("other users can read " + key);
  }

  @Test
  void neverOverwritesAnything() throws IOException {
    Files.writeString(key, "ed25519 other " + SEED + "\n");

    CommandLineRun run = withKey();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(key + " exists and holds something else");
    assertThat(run.all()).doesNotContain(SEED);
    assertThat(key).hasContent("ed25519 other " + SEED + "\n");
  }

  @Test
  void doesNotFollowALinkToNowhere() throws IOException {
    Path elsewhere = directory.resolve("elsewhere");
    Files.createSymbolicLink(key, elsewhere);

    assertThat(withKey().exitCode()).isEqualTo(2);
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void takesTheOldKeysFromTheConfiguration() throws Exception {
    write("old.pem", pem("ed25519:a.b", SEED).replace("\n", "\r\n"));
    Files.writeString(
        yaml,
        """
        global:
          server_name: example.org
          private_key: matrix_key.pem
          old_private_keys:
          - private_key: old.pem
            expired_at: 1601024554498
          - public_key: mn59Kxfdq9VziYHSBzI7+EDPDcBS2Xl7jeUdiiQcOnM=
            key_id: ed25519:mykeyid
            expired_at: 1601024554499
        """);

    CommandLineRun run = withConfiguration();

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains(
            """
            old_signing_keys:
              ed25519:a.b:
                key: 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo
                expired_ts: 1601024554498
              ed25519:mykeyid:
                key: mn59Kxfdq9VziYHSBzI7+EDPDcBS2Xl7jeUdiiQcOnM
                expired_ts: 1601024554499
            """);
    assertThat(run.all()).doesNotContain(SEED);

    JsonNode json = new ObjectMapper().readTree(withConfiguration("--json").out());
    assertThat(json.path("written").asBoolean(true)).isFalse();
    assertThat(json.path("key_id").asText()).isEqualTo("ed25519:now");
    assertThat(json.path("public_key").asText()).isEqualTo(PUBLIC);
    assertThat(json.path("old_signing_keys").path("ed25519:a.b").path("expired_ts").asLong())
        .isEqualTo(1601024554498L);
    assertThat(json.toString()).doesNotContain(SEED);
  }

  @Test
  void aMissingOldKeyIsNamedAndNothingIsWritten() throws IOException {
    Files.writeString(
        yaml,
        """
        global:
          private_key: matrix_key.pem
          old_private_keys:
          - { private_key: lost.pem, expired_at: 1 }
        """);

    CommandLineRun run = withConfiguration();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("global.old_private_keys[0].private_key is lost.pem, and there is no such file");
    assertThat(key).doesNotExist();
  }

  @Test
  void anOldKeyWithoutItsNameIsRefused() throws IOException {
    Files.writeString(
        yaml,
        "global: { private_key: matrix_key.pem, old_private_keys: [{ public_key: "
            + PUBLIC
            + " }] }\n");

    assertThat(withConfiguration().err())
        .contains("global.old_private_keys[0] needs either private_key or both public_key and");
  }

  @Test
  void severalKeysInOneFileEarnANote() throws IOException {
    Files.writeString(pem, pem("ed25519:now", SEED) + pem("ed25519:then", SEED));

    CommandLineRun run = withKey();

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("holds several keys; the first is taken");
    assertThat(key).content().startsWith("ed25519 now ");
  }

  @Test
  void saysWhatIsWrongWithAKeyFile() throws IOException {
    Files.writeString(pem, pem("now", SEED));

    CommandLineRun run = withKey();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(pem + ": its Key-ID is \"now\"; it must begin with \"ed25519:\"");
    assertThat(run.all()).doesNotContain(SEED);
    assertThat(key).doesNotExist();
  }

  @Test
  void asksForAKey() {
    CommandLineRun run = CommandLineRun.of("keys");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("which signing key? Give --dendrite-key");
  }

  @Test
  void aServerThatIsNotThereIsNamedAndNothingIsWritten() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    CommandLineRun run = withServer("http://127.0.0.1:" + port + "/");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("http://127.0.0.1:" + port + "/_matrix/key/v2/server cannot be asked")
        .contains("is the server running");
    assertThat(key).doesNotExist();
  }

  @Test
  void aServerNeedsAnAddress() {
    for (String address : List.of("example.org", "ftp://example.org", "https:/example.org")) {
      CommandLineRun run = withServer(address);

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("--server: " + address + " must begin with https://");
      assertThat(key).doesNotExist();
    }
  }

  private CommandLineRun withServer(String address) {
    return CommandLineRun.of(
        "keys",
        "--dendrite-key",
        pem.toString(),
        "--synapse-key",
        key.toString(),
        "--server",
        address);
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(pem);

    assertThat(withKey().err()).contains("there is no file " + pem);
  }
}
