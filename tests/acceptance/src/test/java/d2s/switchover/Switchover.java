package d2s.switchover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.acceptance.server.Homeserver;
import d2s.acceptance.server.MigrationProcess;
import d2s.acceptance.server.SynapseServer;
import d2s.cli.sandbox.SynapseInstallation;
import d2s.switchover.act.World;
import d2s.switchover.server.Certificate;
import d2s.switchover.server.DendriteInstallation;
import d2s.switchover.server.DendriteServer;
import d2s.switchover.server.Endpoint;
import d2s.switchover.server.Eventually;
import d2s.switchover.server.FederatingSynapse;
import d2s.switchover.server.IdentityServer;
import d2s.switchover.server.LoopbackTls;
import d2s.switchover.server.PeerTraffic;
import d2s.switchover.server.TransactionRecorder;
import d2s.switchover.store.DendriteStore;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/**
 * A Dendrite and its peer, and the switch that puts a Synapse in the Dendrite's place. Everything
 * that was started is stopped by {@link #close}.
 */
final class Switchover implements AutoCloseable {
  private static final String UNDELIVERED =
      "SELECT room_id FROM destination_rooms JOIN destinations USING (destination)"
          + " WHERE stream_ordering > coalesce(last_successful_stream_ordering, 0)";

  private final Path directory;
  private final SynapseInstallation installation;
  private final Endpoint endpoint;
  private final Certificate certificate;
  private final DendriteStore source;
  private final TestDatabase target;
  private final TestDatabase peerDatabase;
  private final DendriteServer dendrite;
  private final IdentityServer identityServer;
  private final SynapseServer peer;
  private final TransactionRecorder peerTransactions;
  private final World world;
  private CompletableFuture<Void> targetIsInitialised;
  private SynapseServer synapse;
  private PeerTraffic traffic;
  private Map<String, Object> oldSigningKeys;
  private List<String> workLeft;

  /**
   * Makes both servers ready to start.
   *
   * @param layout where Dendrite keeps its tables
   * @param directory an empty directory for everything they keep
   */
  Switchover(long seed, Layout layout, Path directory) throws Exception {
    this.directory = directory;
    this.installation = SynapseInstallation.atDefaultPlace();
    DendriteInstallation dendriteInstallation = DendriteInstallation.get();
    this.endpoint = Endpoint.free();
    this.certificate = Certificate.make(dendriteInstallation, directory);
    this.source = layout.make(directory.resolve("dendrite"));
    this.target = TestPostgres.createDatabase("synapse");
    Endpoint peerEndpoint = Endpoint.free();
    String peerSigningKey = newSigningKey();
    this.peerDatabase = TestPostgres.createDatabase("peer");
    this.peer =
        FederatingSynapse.configure(
            installation,
            peerEndpoint,
            peerDatabase,
            peerSigningKey,
            certificate,
            directory.resolve("peer"));
    // The newest that Dendrite 0.13.8 knows is 11.
    peer.set("default_room_version", "10");
    SSLContext tls = LoopbackTls.make(directory);
    int behindRecorder = SynapseServer.freePort();
    FederatingSynapse.letIn(peer, peerEndpoint, behindRecorder);
    this.peerTransactions =
        new TransactionRecorder(
            tls, peerEndpoint.federationPort(), URI.create("http://127.0.0.1:" + behindRecorder));
    this.identityServer = IdentityServer.start(tls);
    this.dendrite =
        DendriteServer.configure(
            dendriteInstallation,
            endpoint,
            source,
            certificate,
            identityServer.name(),
            directory.resolve("dendrite"));
    this.world =
        new World(
            seed,
            new World.Site(endpoint.serverName(), dendrite),
            new World.Site(peerEndpoint.serverName(), peer),
            peerSigningKey,
            source,
            identityServer);
  }

  /** Starts Dendrite and the peer. */
  void start() throws IOException, InterruptedException {
    CompletableFuture<Void> peerStarted = CompletableFuture.runAsync(this::startPeer);
    dendrite.start();
    peerStarted.join();
    // An admin does this too while Dendrite still serves.
    targetIsInitialised =
        CompletableFuture.runAsync(
            () ->
                installation.initialise(
                    FederatingSynapse.database(target),
                    endpoint.serverName(),
                    directory.resolve("initialise")));
  }

  World world() {
    return world;
  }

  /** Dendrite's databases. */
  DendriteStore source() {
    return source;
  }

  /** The Synapse that took over. */
  SynapseServer synapse() {
    return synapse;
  }

  /** The database of the Synapse that took over. */
  TestDatabase target() {
    return target;
  }

  /** Stops the peer: from now on nobody listens at its address. */
  void stopPeer() throws InterruptedException {
    peerTransactions.stop();
    peer.stop();
  }

  /** Begins to look at what the peer is sent; it must be down, and Dendrite at rest. */
  PeerTraffic watchPeer() throws SQLException, IOException {
    traffic = new PeerTraffic(peerTransactions, world.peer().serverName(), source, peerDatabase);
    return traffic;
  }

  /** Waits until Synapse knows that the peer has got every event. */
  void awaitDelivery() {
    Eventually.isTrue(
        "the peer has got every event",
        () -> {
          try {
            return target.rows(UNDELIVERED).isEmpty();
          } catch (SQLException e) {
            throw new IllegalStateException("Synapse's database does not answer", e);
          }
        });
  }

  void startPeer() {
    try {
      peer.start();
      peerTransactions.start();
    } catch (IOException e) {
      throw new IllegalStateException("the peer cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the peer starts", e);
    }
  }

  /**
   * Stops Dendrite, migrates, starts Synapse.
   *
   * @param options further ones for {@code d2s migrate}
   * @return how long nobody was served
   */
  Duration switchOver(String... options) throws Exception {
    Quiescence.of(source);
    targetIsInitialised.join();
    oldSigningKeys = makeSigningKey();
    Instant stopped = Instant.now();
    dendrite.stop();
    synapse = takeOver(target, directory.resolve("synapse"), options);
    return Duration.between(stopped, Instant.now());
  }

  /**
   * Stops Dendrite, or the Synapse that took over last, and lets another Synapse take over, with a
   * migration and a database of its own.
   *
   * @param place an empty directory for what it keeps
   */
  SynapseServer tryOut(Path place, String... options) throws Exception {
    if (synapse == null) {
      Quiescence.of(source);
      targetIsInitialised.join();
      oldSigningKeys = makeSigningKey();
      dendrite.stop();
    } else {
      synapse.close();
    }
    synapse = takeOver(target.copy("tryout"), place, options);
    return synapse;
  }

  private SynapseServer takeOver(TestDatabase database, Path place, String... options)
      throws Exception {
    Files.createDirectories(place);
    MigrationProcess.Result migration =
        MigrationProcess.migrate(
            List.of("--dendrite-config", dendrite.configuration().toString()),
            database,
            endpoint.serverName(),
            dendrite.media(),
            place.resolve("media"),
            place.resolve("migrate.log"),
            options);
    System.out.println(migration.output());
    assertThat(migration.exitCode()).as("exit code of d2s migrate").isZero();
    workLeft = backgroundUpdates(database);
    if (traffic != null) {
      traffic.migrated(database);
    }
    SynapseServer server =
        FederatingSynapse.configure(
            installation,
            endpoint,
            database,
            Files.readString(signingKey()).strip(),
            certificate,
            place);
    server.set("old_signing_keys", oldSigningKeys);
    server.set("allow_guest_access", true);
    server.set(
        "server_notices",
        Map.of("system_mxid_localpart", DendriteServer.NOTICES_SENDER, "room_name", "The server"));
    server.start();
    return server;
  }

  /** The background updates that Synapse had to do when it took over. */
  List<String> workLeft() {
    return workLeft;
  }

  /** The background updates that a Synapse still has to do. */
  static List<String> backgroundUpdates(TestDatabase synapse) {
    try {
      return synapse.rows("SELECT update_name FROM background_updates ORDER BY 1");
    } catch (SQLException e) {
      throw new IllegalStateException("Synapse's database does not answer", e);
    }
  }

  @Override
  public void close() {
    if (targetIsInitialised != null) {
      targetIsInitialised.exceptionally(failure -> null).join();
    }
    identityServer.close();
    dendrite.close();
    peerTransactions.stop();
    peer.close();
    if (synapse != null) {
      synapse.close();
    }
  }

  /**
   * {@code d2s keys}, as an admin runs it.
   *
   * @param server the server that must publish the same keys
   * @param more further arguments
   */
  MigrationProcess.Result keys(Homeserver server, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "keys",
                "--dendrite-config",
                dendrite.configuration().toString(),
                "--synapse-key",
                signingKey().toString(),
                "--server",
                server.address().toString()));
    arguments.addAll(List.of(more));
    return MigrationProcess.run(directory.resolve("keys.log"), arguments);
  }

  /** Where {@code d2s keys} writes Dendrite's signing key in Synapse's form. */
  private Path signingKey() {
    return directory.resolve("synapse-signing.key");
  }

  /** The setting old_signing_keys that {@code d2s keys} tells, while Dendrite still serves. */
  private Map<String, Object> makeSigningKey() throws Exception {
    MigrationProcess.Result result = keys(dendrite, "--json");
    assertThat(result.exitCode()).as("exit code of d2s keys: %s", result.output()).isZero();
    JsonNode document = new ObjectMapper().readTree(result.output());
    return new ObjectMapper()
        .convertValue(document.get("old_signing_keys"), new TypeReference<>() {});
  }

  private static String newSigningKey() {
    byte[] seed = new byte[32];
    new SecureRandom().nextBytes(seed);
    return "ed25519 peer " + Base64.getEncoder().withoutPadding().encodeToString(seed);
  }
}
