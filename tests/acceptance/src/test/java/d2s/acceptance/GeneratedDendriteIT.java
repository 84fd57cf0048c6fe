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
import d2s.generator.GeneratedDendrite;
import d2s.generator.random.Size;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A generated Dendrite is one that can be migrated without loss, and that Synapse goes on with.
 * What is measured on large ones counts only because of this.
 */
@Tag("synapse")
class GeneratedDendriteIT {
  private static final int EVENTS = 3_000;
  private static final int VERSIONS = 11;

  @TempDir Path directory;

  @Test
  void aGeneratedServerIsMigratedAndLivesOn() throws Exception {
    TestDatabase dendrite = TestPostgres.createDatabase("generated");
    GeneratedDendrite generated = new GeneratedDendrite(Size.of(EVENTS), dendrite.dataSource());
    assertThat(generated.write().get("roomserver_events")).isBetween((long) EVENTS, EVENTS + 100L);

    MigratedDatabase migrated =
        MigratedDatabase.of(dendrite, generated.serverName(), directory.resolve("initialise"));
    VerificationResults result = migrated.verify();
    assertThat(VerificationReport.findings(result, true)).isEmpty();
    assertThat(result.passed()).isTrue();

    try (SynapseServer server = server(migrated.synapse(), generated)) {
      server.start();
      List<String> tokens = IntStream.range(0, 5).mapToObj(generated::accessToken).toList();
      for (String token : tokens) {
        JsonNode sync = server.client(token).get(List.of("sync"), "timeout", "0").orFail();
        assertThat(sync.at("/rooms/join")).isNotEmpty();
      }
      Map<Integer, String> rooms = generated.roomsOfVersions();
      assertThat(rooms).hasSize(VERSIONS);
      rooms.forEach((version, room) -> goOn(server.client(tokens.get(0)), version, room));
      readBigRoom(
          server.client(generated.accessToken(generated.memberOfBigRoom())), generated.bigRoom());
      server.stop();
      assertThat(server.errorsInLog()).isEmpty();
    }
  }

  private SynapseServer server(TestDatabase synapse, GeneratedDendrite generated) throws Exception {
    return SynapseServer.configure(
        SynapseInstallation.atDefaultPlace(),
        generated.serverName(),
        new SynapseDatabase(
            synapse.host(), synapse.port(), synapse.name(), synapse.user(), synapse.password()),
        generated.signingKeyLine(),
        directory.resolve("serve"));
  }

  /** All of the history can be read, and somebody says something more. */
  private static void goOn(MatrixClient client, int version, String room) {
    JsonNode state = client.get(List.of("rooms", room, "state")).orFail();
    assertThat(state).isNotEmpty();
    JsonNode members = client.get(List.of("rooms", room, "joined_members")).orFail();
    assertThat(members.get("joined")).isNotEmpty();
    long events =
        client.historyPages(room, 100).stream()
            .mapToLong(page -> page.orFail().get("chunk").size())
            .sum();
    assertThat(events).as("events of the room of version %d", version).isGreaterThan(6);
    String sent =
        client
            .put(
                List.of("rooms", room, "send", "m.room.message", "one-more"),
                new ObjectMapper().valueToTree(Map.of("msgtype", "m.text", "body", "one more")))
            .orFail()
            .get("event_id")
            .asText();
    assertThat(client.get(List.of("rooms", room, "event", sent)).orFail().at("/content/body"))
        .hasToString("\"one more\"");
  }

  private static void readBigRoom(MatrixClient client, String room) {
    JsonNode members = client.get(List.of("rooms", room, "joined_members")).orFail();
    assertThat(members.get("joined").size()).isGreaterThan(EVENTS / 20 - EVENTS / 50);
    assertThat(client.historyPages(room, 100)).allMatch(MatrixClient.Answer::isOk);
  }
}
