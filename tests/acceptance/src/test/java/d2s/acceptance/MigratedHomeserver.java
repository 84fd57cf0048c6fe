package d2s.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.acceptance.comparison.Background;
import d2s.acceptance.comparison.Comparison;
import d2s.acceptance.comparison.EventGraph;
import d2s.acceptance.probe.AccountProbes;
import d2s.acceptance.probe.DirectoryProbes;
import d2s.acceptance.probe.EncryptionProbes;
import d2s.acceptance.probe.EventProbes;
import d2s.acceptance.probe.MediaProbes;
import d2s.acceptance.probe.RoomProbes;
import d2s.acceptance.probe.SyncProbes;
import d2s.acceptance.probe.UserDataProbes;
import d2s.acceptance.recording.AnswerKinds;
import d2s.acceptance.recording.Answers;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.acceptance.server.MigrationProcess;
import d2s.acceptance.server.SynapseServer;
import d2s.cli.sandbox.SynapseDatabase;
import d2s.cli.sandbox.SynapseInstallation;
import d2s.cli.sandbox.SynapseUnavailableException;
import d2s.cli.signing.SigningKey;
import d2s.matrix.catalog.BundledRecordings;
import d2s.testing.RecordedMedia;
import d2s.testing.TestDatabase;
import d2s.testing.TestDirectory;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The proof of the migration: a recorded Dendrite is migrated by the command line, a real Synapse
 * takes over, and everybody finds what they had, with the access token that Dendrite gave them.
 *
 * <p>The tests of one recording share the server and run in order, because what people do in the
 * second test would show in the answers of the first.
 */
@Tag("synapse")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class MigratedHomeserver {
  private static final Path REPORTS = Path.of("target", "acceptance");

  private final RecordedHomeserver recorded;
  private final String databaseRecording;
  private EventGraph graph;
  private SynapseServer server;

  /** Thumbnails of a Synapse that only has those of Dendrite. */
  private final Answers carriedThumbnails = new Answers();

  /**
   * @param scenario the recorded answers
   * @param databaseRecording the recorded database that they were given from
   */
  MigratedHomeserver(String scenario, String databaseRecording) {
    this(RecordedHomeserver.load(scenario), databaseRecording);
  }

  /**
   * @param databaseRecording null if there is another source
   */
  MigratedHomeserver(RecordedHomeserver recorded, String databaseRecording) {
    this.recorded = recorded;
    this.databaseRecording = databaseRecording;
  }

  /**
   * Makes the source.
   *
   * @param directory for its files
   * @return the options of {@code d2s migrate} that lead to it
   */
  List<String> makeSource(Path directory) throws Exception {
    TestDatabase dendrite = TestPostgres.createDatabase("dendrite");
    try (Connection connection = dendrite.connect()) {
      BundledRecordings.restore(databaseRecording, connection);
    }
    return List.of("--dendrite-db", dendrite.url());
  }

  /** What is known of the events of the source; called after it was made. */
  EventGraph readGraph() throws Exception {
    TestDatabase copy = TestPostgres.createDatabase("graph");
    try (Connection connection = copy.connect()) {
      BundledRecordings.restore(databaseRecording, connection);
      return EventGraph.read(connection);
    }
  }

  /** Writes the media folder of the source. */
  void unpackMedia(Path folder) throws IOException {
    RecordedMedia.unpack(folder);
  }

  /** How many answers of each family differ by what the source alone could hold. */
  Map<String, Long> knownDifferences() {
    return Map.of();
  }

  @BeforeAll
  void migrate() throws Exception {
    SynapseInstallation installation = installation();
    Path directory = TestDirectory.empty(REPORTS.resolve(recorded.scenario()).toAbsolutePath());
    List<String> source = makeSource(directory);
    graph = readGraph();
    TestDatabase target = TestPostgres.createDatabase("synapse");
    SynapseDatabase synapse = synapseDatabase(target);
    installation.initialise(synapse, recorded.serverName(), directory.resolve("initialise"));

    unpackMedia(directory.resolve("dendrite-media"));
    runMigration(source, target, directory);

    server =
        SynapseServer.configure(
            installation,
            recorded.serverName(),
            synapse,
            SigningKey.fromPem(recorded.signingKeyPem(), true).synapseLine(),
            directory);
    server.start();
    new MediaProbes(recorded, server, carriedThumbnails).askThumbnails();
    server.stop();
    // As the recorded Dendrite had it. From now on Synapse makes thumbnails of its own.
    server.set("dynamic_thumbnails", true);
    server.start();
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  @Order(1)
  void everybodyGetsTheAnswersThatDendriteGave() throws IOException {
    Answers answers = new Answers();
    new SyncProbes(recorded, server, answers).ask();
    new EncryptionProbes(recorded, server, answers).ask();
    new UserDataProbes(recorded, server, answers).ask();
    new DirectoryProbes(recorded, server, answers).ask();
    new AccountProbes(recorded, server, answers).ask();
    new RoomProbes(recorded, server, answers).ask();
    new EventProbes(recorded, server, answers).ask();
    new MediaProbes(recorded, server, answers).ask();

    Comparison comparison =
        Comparison.of(Background.of(recorded, graph), answers, AnswerKinds.RECORDED);

    System.out.println(
        "Answers of Synapse against those of Dendrite, " + recorded.scenario() + ":");
    System.out.println(comparison.table());
    Path report = REPORTS.resolve(recorded.scenario() + "-differences.jsonl");
    comparison.writeDifferences(report);
    assertThat(comparison.emptyKinds()).as("kinds without a single answer").isEmpty();
    assertThat(comparison.differencesByKind())
        .as(
            "answers that differ and that no rule explains, all of them in %s, the first:%n%s%n",
            report, comparison.firstDifferences())
        .isEqualTo(knownDifferences());
    assertThat(server.errorsInLog()).as("errors in Synapse's log").isEmpty();
  }

  @Test
  @Order(2)
  void lifeGoesOnInRoomsOfEveryVersion() throws IOException, InterruptedException {
    List<ContinuityScenario> rooms =
        recorded.rooms().keySet().stream()
            .filter(name -> name.matches("v\\d+"))
            .map(name -> new ContinuityScenario(recorded, server, name))
            .toList();
    assertThat(rooms).hasSizeGreaterThanOrEqualTo(11);

    rooms.forEach(ContinuityScenario::live);
    server.stop();
    server.start();
    rooms.forEach(ContinuityScenario::liveOn);

    assertThat(server.errorsInLog()).as("errors in Synapse's log").isEmpty();
  }

  /** A thumbnail that was made for exactly this box is served byte by byte as it was. */
  @Test
  @Order(3)
  void thumbnailsThatDendriteMadeAreServed() {
    Map<String, JsonNode> made = new TreeMap<>();
    recorded
        .answers()
        .of("thumbnails")
        .forEach(
            (key, answer) -> {
              String asked = key.replaceAll(".*width=(\\d+)&height=(\\d+)&.*", "$1x$2");
              boolean exact =
                  key.contains("method=scale") || answer.path("dims").asText().equals(asked);
              if (answer.path("type").asText().equals("image/jpeg") && exact) {
                made.put(key, answer);
              }
            });

    assertThat(made).hasSizeGreaterThan(25);
    assertThat(carriedThumbnails.of("thumbnails")).containsAllEntriesOf(made);
  }

  private void runMigration(List<String> source, TestDatabase synapse, Path directory)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("migrate"));
    arguments.addAll(source);
    arguments.addAll(
        List.of(
            "--synapse-db",
            synapse.url(),
            "--server-name",
            recorded.serverName(),
            "--dendrite-media-path",
            directory.resolve("dendrite-media").toString(),
            "--synapse-media-path",
            directory.resolve("media").toString()));
    MigrationProcess.Result result =
        MigrationProcess.run(directory.resolve("migrate.log"), arguments);
    System.out.println(result.output());
    assertThat(result.exitCode()).as("exit code of d2s migrate").isZero();
  }

  private static SynapseInstallation installation() {
    try {
      return SynapseInstallation.atDefaultPlace();
    } catch (SynapseUnavailableException e) {
      throw new AssertionError(
          e.getMessage()
              + ". To leave out the tests with a real Synapse: mvn verify -DexcludedGroups=synapse",
          e);
    }
  }

  private static SynapseDatabase synapseDatabase(TestDatabase database) {
    return new SynapseDatabase(
        database.host(), database.port(), database.name(), database.user(), database.password());
  }
}
