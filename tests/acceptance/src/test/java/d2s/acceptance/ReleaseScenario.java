package d2s.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.acceptance.recording.RecordedHomeserver.Device;
import d2s.acceptance.recording.RecordedHomeserver.Person;
import d2s.acceptance.server.MatrixClient;
import d2s.acceptance.server.MatrixClient.Answer;
import d2s.acceptance.server.MigrationProcess;
import d2s.acceptance.server.SynapseServer;
import d2s.cli.sandbox.SynapseDatabase;
import d2s.cli.sandbox.SynapseInstallation;
import d2s.cli.signing.SigningKey;
import d2s.engine.catalog.CatalogDifference;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogReader;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.catalog.BundledRecordings;
import d2s.testing.RecordedMedia;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A recorded Dendrite goes to one release of Synapse: that release makes the tables, d2s fills and
 * verifies them, and that release serves everybody from where Dendrite left off.
 */
final class ReleaseScenario {

  /** The first release in which d2s finds that Synapse knows rooms of version 12. */
  private static final int KNOWS_VERSION_12 = 136;

  /** What a release needs beside itself, because it came before newer ones of these. */
  private static final List<String> CONTEMPORARIES =
      List.of("prometheus-client==0.21.1", "setuptools==79.0.1");

  private static final Map<String, List<String>> MORE =
      Map.of("1.116.0", List.of("twisted==24.7.0"));

  private final RecordedHomeserver recorded = RecordedHomeserver.load("scenario15");
  private final String release;
  private final Path directory;

  /**
   * @param directory an empty one
   */
  ReleaseScenario(String release, Path directory) {
    this.release = release;
    this.directory = directory;
  }

  void run() throws Exception {
    SynapseInstallation synapse = installation();
    TestDatabase dendrite = TestPostgres.createDatabase("dendrite");
    try (Connection connection = dendrite.connect()) {
      BundledRecordings.restore("dendrite-0.15.2", connection);
    }
    TestDatabase target = TestPostgres.createDatabase("synapse");
    SynapseDatabase database =
        new SynapseDatabase(
            target.host(), target.port(), target.name(), target.user(), target.password());
    synapse.initialise(database, recorded.serverName(), directory.resolve("initialise"));
    catalogsKnowItsChecks(target);
    RecordedMedia.unpack(directory.resolve("dendrite-media"));
    String said = migrate(dendrite, target);
    assertThat(said.contains("version 12"))
        .as("rooms of version 12 are named")
        .isNotEqualTo(knows12());
    verify(dendrite, target);

    try (SynapseServer server =
        SynapseServer.configure(
            synapse,
            recorded.serverName(),
            database,
            SigningKey.fromPem(recorded.signingKeyPem(), true).synapseLine(),
            directory)) {
      server.start();
      everybodyGoesOn(server);
      List<String> rooms =
          recorded.rooms().keySet().stream()
              .filter(name -> name.matches("v\\d+"))
              .filter(name -> knows12() || !name.equals("v12"))
              .toList();
      assertThat(rooms).hasSize(knows12() ? 12 : 11);
      for (String room : rooms) {
        historyIsThere(server, room);
        new ContinuityScenario(recorded, server, room).live();
      }
      server.stop();
      assertThat(server.errorsInLog()).as("errors in the log of Synapse %s", release).isEmpty();
    }
  }

  /** What every row must fulfil is as one of the catalogs of this version of the schema says. */
  private static void catalogsKnowItsChecks(TestDatabase synapse) throws SQLException {
    Catalog live;
    try (Connection connection = synapse.connect()) {
      live = CatalogReader.read(connection, "synapse", BundledCatalogs.SYNAPSE_VERSION_QUERY);
    }
    assertThat(BundledCatalogs.names())
        .filteredOn(name -> name.startsWith("synapse-"))
        .extracting(BundledCatalogs::read)
        .filteredOn(catalog -> catalog.version().equals(live.version()))
        .anySatisfy(
            catalog ->
                assertThat(CatalogDifference.between(catalog, live))
                    .filteredOn(difference -> difference.kind() == CatalogDifference.Kind.CHECK)
                    .isEmpty());
  }

  private SynapseInstallation installation() {
    if (release.equals(SynapseInstallation.SYNAPSE_VERSION)) {
      return SynapseInstallation.atDefaultPlace();
    }
    List<String> also = new ArrayList<>(CONTEMPORARIES);
    also.addAll(MORE.getOrDefault(release, List.of()));
    return SynapseInstallation.ofRelease(release, also);
  }

  private boolean knows12() {
    return Integer.parseInt(release.split("\\.")[1]) >= KNOWS_VERSION_12;
  }

  private String migrate(TestDatabase dendrite, TestDatabase synapse)
      throws IOException, InterruptedException {
    MigrationProcess.Result result =
        MigrationProcess.migrate(
            List.of("--dendrite-db", dendrite.url()),
            synapse,
            recorded.serverName(),
            directory.resolve("dendrite-media"),
            directory.resolve("media"),
            directory.resolve("migrate.log"),
            "-v");
    assertThat(result.exitCode()).as("exit code of d2s migrate: %s", result.output()).isZero();
    return result.output();
  }

  private void verify(TestDatabase dendrite, TestDatabase synapse)
      throws IOException, InterruptedException {
    MigrationProcess.Result result =
        MigrationProcess.run(
            directory.resolve("verify.log"),
            List.of(
                "verify",
                "--dendrite-db",
                dendrite.url(),
                "--synapse-db",
                synapse.url(),
                "--server-name",
                recorded.serverName(),
                "--synapse-media-path",
                directory.resolve("media").toString()));
    assertThat(result.exitCode()).as("exit code of d2s verify: %s", result.output()).isZero();
  }

  /** Every token of Dendrite names the same user and device, and every {@code since} is taken. */
  private void everybodyGoesOn(SynapseServer server) {
    int devices = 0;
    for (Person person : recorded.localPeople()) {
      for (Device device : person.devices()) {
        if (device.gone() || person.deactivated()) {
          continue;
        }
        MatrixClient client = server.client(device.token());
        JsonNode self = client.get(List.of("account", "whoami")).orFail();
        assertThat(self.get("user_id").asText()).isEqualTo(person.userId());
        assertThat(self.get("device_id").asText()).isEqualTo(device.deviceId());
        if (device.since() != null) {
          client.get(List.of("sync"), "timeout", "0", "since", device.since()).orFail();
        }
        devices++;
      }
    }
    assertThat(devices).as("devices of the recording").isGreaterThan(5);
  }

  private void historyIsThere(SynapseServer server, String room) {
    MatrixClient client = server.client(recorded.people().get("dave").device().token());
    List<Answer> pages = client.historyPages(recorded.roomId(room), 50);
    assertThat(pages).allMatch(Answer::isOk);
    assertThat(
            pages.stream()
                .flatMap(page -> page.body().get("chunk").findValuesAsText("event_id").stream()))
        .as("the history of %s", room)
        .contains(recorded.events().get(room + ".msg"));
  }
}
