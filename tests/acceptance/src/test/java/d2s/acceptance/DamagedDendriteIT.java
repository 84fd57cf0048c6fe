package d2s.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.acceptance.server.MatrixClient;
import d2s.acceptance.server.SynapseServer;
import d2s.cli.output.VerificationReport;
import d2s.cli.sandbox.SynapseDatabase;
import d2s.cli.sandbox.SynapseInstallation;
import d2s.engine.verify.VerificationResults;
import d2s.matrix.catalog.BundledRecordings;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A Dendrite database with all kinds of damage at once: a real Synapse starts and serves the rest.
 */
@Tag("synapse")
class DamagedDendriteIT {
  private static final String SERVER_NAME = "d.test:31448";
  private static final String SIGNING_KEY =
      "ed25519 a_1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

  /** The cases are those of the module mappings. */
  private static final Path CASES =
      Path.of("..", "..", "mappings", "src", "test", "resources", "damage", "damage.yaml");

  @TempDir Path directory;

  @Test
  void synapseServesWhatIsNotDamaged() throws Exception {
    TestDatabase dendrite = TestPostgres.createDatabase("damaged");
    try (Connection connection = dendrite.connect()) {
      BundledRecordings.restore("dendrite-0.13.8", connection);
    }
    dendrite.execute(damage());
    MigratedDatabase migrated =
        MigratedDatabase.of(dendrite, SERVER_NAME, directory.resolve("initialise"));
    VerificationResults result = migrated.verify();
    assertThat(VerificationReport.findings(result, true)).isEmpty();
    assertThat(result.passed()).isTrue();

    try (SynapseServer server = server(migrated.synapse())) {
      server.start();
      Map<String, String> tokens = tokens(migrated.synapse());
      assertThat(tokens).hasSizeGreaterThan(10);
      int rooms = 0;
      for (Map.Entry<String, String> user : tokens.entrySet()) {
        rooms += useEverything(server.client(user.getValue()), user.getKey());
      }
      assertThat(rooms).isGreaterThan(50);
      server.stop();
      assertThat(server.errorsInLog()).isEmpty();
    }
  }

  /**
   * Reads and writes in every room of a user.
   *
   * @return how many rooms there are
   */
  private static int useEverything(MatrixClient client, String user) {
    JsonNode sync = client.get(List.of("sync"), "timeout", "0").orFail();
    JsonNode joined = client.get(List.of("joined_rooms")).orFail().get("joined_rooms");
    List<String> rooms = new ArrayList<>();
    joined.forEach(room -> rooms.add(room.asText()));
    assertThat(sync.at("/rooms/join").fieldNames())
        .toIterable()
        .as(user)
        .containsExactlyInAnyOrderElementsOf(rooms);
    for (JsonNode room : joined) {
      String id = room.asText();
      assertThat(client.get(List.of("rooms", id, "state")).orFail()).as(id).isNotEmpty();
      assertThat(client.historyPages(id, 100)).as(id).allMatch(MatrixClient.Answer::isOk);
      MatrixClient.Answer sent =
          client.put(
              List.of("rooms", id, "send", "m.room.message", "after"),
              new ObjectMapper().valueToTree(Map.of("msgtype", "m.text", "body", "after")));
      // Some rooms let their members only read.
      assertThat(sent.status()).as(user + " in " + id + ": " + sent.body()).isIn(200, 403);
    }
    return joined.size();
  }

  private SynapseServer server(TestDatabase synapse) throws Exception {
    return SynapseServer.configure(
        SynapseInstallation.atDefaultPlace(),
        SERVER_NAME,
        new SynapseDatabase(
            synapse.host(), synapse.port(), synapse.name(), synapse.user(), synapse.password()),
        SIGNING_KEY,
        directory.resolve("serve"));
  }

  /** One token of each user who can log in. */
  private static Map<String, String> tokens(TestDatabase synapse) throws SQLException {
    Map<String, String> tokens = new LinkedHashMap<>();
    try (Connection connection = synapse.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select user_id, min(token) from access_tokens group by user_id order by 1")) {
      while (rows.next()) {
        tokens.put(rows.getString(1), rows.getString(2));
      }
    }
    return tokens;
  }

  private static String[] damage() throws Exception {
    List<Map<String, Object>> cases =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(CASES));
    return cases.stream()
        .filter(one -> !one.containsKey("alone"))
        .map(one -> one.get("damage").toString())
        .toArray(String[]::new);
  }
}
