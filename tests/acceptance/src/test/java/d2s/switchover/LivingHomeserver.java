package d2s.switchover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import d2s.acceptance.comparison.Comparison;
import d2s.switchover.act.Act;
import d2s.switchover.act.World;
import d2s.switchover.server.Eventually;
import d2s.switchover.server.PeerTraffic;
import d2s.testing.TestDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Nobody notices: a real Dendrite serves people and federates with a real Synapse; it is stopped
 * and migrated, another real Synapse takes its name, port, key and data, and the same people go on.
 *
 * <p>The life before the switch follows from a seed; {@code -Dd2s.seed=N} gives another.
 */
@Tag("synapse")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class LivingHomeserver {
  private static final long SEED = Long.getLong("d2s.seed", 2024);

  /** Background updates that the migration leaves to Synapse. */
  private static final List<String> WORK_LEFT = List.of();

  private final Layout layout;
  private final Path directory;
  private final List<Act> acts;
  private final Stopwatch stopwatch = new Stopwatch();
  private Switchover switchover;
  private World world;
  private Snapshot snapshot;
  private PeerTraffic traffic;

  /**
   * @param layout where Dendrite keeps its tables
   * @param acts what happens, in this order
   */
  LivingHomeserver(Layout layout, List<Act> acts) {
    this.layout = layout;
    this.acts = acts;
    this.directory =
        Path.of("target", "switchover", layout.name().toLowerCase(Locale.ROOT)).toAbsolutePath();
  }

  @BeforeAll
  void live() throws Exception {
    System.out.println(
        "The switchover of "
            + layout
            + " happens with seed "
            + SEED
            + " (-Dd2s.seed=N for another).");
    switchover = new Switchover(SEED, layout, TestDirectory.empty(directory));
    switchover.start();
    world = switchover.world();
    stopwatch.lap("servers up");
    for (Act act : acts) {
      act.before(world);
      stopwatch.lap("before: " + name(act));
    }
    for (Act act : acts) {
      act.away(world);
    }
    stopwatch.lap("away");
    switchover.stopPeer();
    for (Act act : acts) {
      act.peerDown(world);
    }
    stopwatch.lap("peer down");
    Quiescence.of(switchover.source());
    traffic = switchover.watchPeer();
    stopwatch.lap("Dendrite at rest");
    snapshot = Snapshot.of(world, switchover.source());
    stopwatch.lap("snapshot of Dendrite");
    Duration downtime = switchover.switchOver();
    System.out.printf("Nobody was served for %.1f s.%n", downtime.toMillis() / 1000.0);
    stopwatch.lap("switch");
  }

  @AfterAll
  void stop() throws Exception {
    System.out.println(stopwatch);
    for (Act act : acts) {
      if (act instanceof AutoCloseable closeable) {
        closeable.close();
      }
    }
    if (switchover != null) {
      switchover.close();
    }
  }

  @Test
  @Order(1)
  void everybodyGetsTheAnswersThatDendriteGave() throws Exception {
    Comparison comparison = snapshot.compareWith(world.home().server());
    stopwatch.lap("comparison");

    System.out.println("Answers of Synapse against those of Dendrite:");
    System.out.println(comparison.table());
    Path report = directory.resolve("differences.jsonl");
    comparison.writeDifferences(report);
    if (acts.size() == Acts.all().size()) {
      assertThat(comparison.emptyKinds()).as("kinds without a single answer").isEmpty();
    }
    assertThat(comparison.differencesByKind())
        .as(
            "answers that differ and that no rule explains, all of them in %s, the first:%n%s%n",
            report, comparison.firstDifferences())
        .isEmpty();
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> lifeGoesOn() {
    Instant start = Instant.now();
    switchover.startPeer();
    // What is new while Synapse catches up with a server is sent twice, whoever filled its
    // database.
    switchover.awaitDelivery();
    System.out.println("The peer is back after " + Duration.between(start, Instant.now()));
    return acts.stream()
        .map(
            act ->
                dynamicTest(
                    name(act),
                    () -> {
                      act.after(world);
                      stopwatch.lap("after: " + name(act));
                    }));
  }

  @TestFactory
  @Order(3)
  Stream<DynamicTest> aRestartChangesNothing() throws Exception {
    // What is on its way when a server stops may come twice.
    switchover.awaitDelivery();
    switchover.synapse().stop();
    switchover.synapse().start();
    return acts.stream().map(act -> dynamicTest(name(act), () -> act.afterRestart(world)));
  }

  @Test
  @Order(4)
  void nothingIsSentToThePeerTwice() throws Exception {
    switchover.awaitDelivery();
    System.out.printf(
        "The peer was sent %d events; %d had waited for it. Beside them it was sent %s.%n",
        traffic.events().size(), traffic.queued(), traffic.edus());
    assertThat(traffic.queued()).as("events that waited for the peer").isPositive();
    assertThat(traffic.events()).as("events that the peer was sent").isNotEmpty();
    assertThat(traffic.edus())
        .as("what the peer was sent beside events")
        .containsKeys("m.direct_to_device", "m.device_list_update", "m.receipt");
    assertThat(traffic.wrong()).as("what the peer was sent and should not have been").isEmpty();
  }

  /** Before the switch {@code d2s keys} has asked Dendrite the same, or there was none. */
  @Test
  @Order(5)
  void theKeysOfBeforeArePublished() throws Exception {
    var same = switchover.keys(world.home().server());
    assertThat(same.exitCode()).as(same.output()).isZero();
    assertThat(same.output())
        .contains("Already there: ")
        .contains(world.home().server().address() + " publishes now, with the old keys");
    var others = switchover.keys(world.peer().server());
    assertThat(others.exitCode()).as(others.output()).isEqualTo(3);
    assertThat(others.output())
        .contains("(" + world.peer().serverName() + ") has other keys: it signs with ed25519:peer");
  }

  /** What the migration leaves for Synapse to do is known, little, and done by now. */
  @Test
  @Order(6)
  void noWorkIsLeft() {
    System.out.println("Background updates that Synapse had to do: " + switchover.workLeft());
    assertThat(WORK_LEFT)
        .as("background updates after the migration")
        .containsAll(switchover.workLeft());
    Eventually.isTrue(
        "Synapse has done its background updates",
        () -> Switchover.backgroundUpdates(switchover.target()).isEmpty());
  }

  @Test
  @Order(7)
  void nothingWentWrongInside() throws Exception {
    assertThat(switchover.synapse().errorsInLog()).as("errors in Synapse's log").isEmpty();
  }

  private static String name(Act act) {
    return act.getClass().getSimpleName();
  }
}
