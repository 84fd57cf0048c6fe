package d2s.switchover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import d2s.acceptance.server.SynapseServer;
import d2s.switchover.act.Act;
import d2s.switchover.act.EncryptionAct;
import d2s.switchover.server.PeerTraffic;
import d2s.testing.TestDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The switchover test notices when something goes wrong: every mistake that is put into a mapping
 * file on purpose turns it red. At the end a table says which check caught which mistake.
 *
 * <p>It takes some twenty minutes, so it is not part of {@code mvn verify};
 * docs/development/validation.md says how to run it. {@code -Dd2s.fault=TEXT} takes only mistakes
 * with that in their names.
 */
@Tag("synapse")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwitchoverFaults {
  private static final long SEED = Long.getLong("d2s.seed", 2024);
  private static final Path DIRECTORY = Path.of("target", "switchover-faults").toAbsolutePath();

  private final Map<String, String> caught = new LinkedHashMap<>();

  @AfterAll
  void tell() {
    System.out.println("Mistakes, and what caught them:");
    caught.forEach((fault, check) -> System.out.println("| " + fault + " | " + check + " |"));
  }

  /** All these migrations start from one life on Dendrite. */
  @TestFactory
  Stream<DynamicTest> theComparisonNotices() throws Exception {
    if (InjectedFault.inAnswers().stream().noneMatch(SwitchoverFaults::isWanted)) {
      return Stream.empty();
    }
    Path place = TestDirectory.empty(DIRECTORY.resolve("answers"));
    List<Act> acts = Acts.all();
    Switchover switchover = new Switchover(SEED, Layout.ONE_DATABASE, place);
    try {
      live(switchover, acts);
      Snapshot snapshot = Snapshot.of(switchover.world(), switchover.source());
      Map<String, Long> withoutFault =
          snapshot.compareWith(switchover.tryOut(place.resolve("right"))).differencesByKind();
      System.out.println("Without any mistake these differ: " + withoutFault);
      return InjectedFault.inAnswers().stream()
          .filter(SwitchoverFaults::isWanted)
          .map(
              fault ->
                  dynamicTest(
                      fault.name(), () -> compare(switchover, snapshot, withoutFault, fault)))
          .onClose(() -> close(switchover, acts));
    } catch (Exception | AssertionError e) {
      close(switchover, acts);
      throw e;
    }
  }

  private void compare(
      Switchover switchover, Snapshot snapshot, Map<String, Long> withoutFault, InjectedFault fault)
      throws Exception {
    Path place = DIRECTORY.resolve("answers").resolve(fault.name().replace(' ', '-'));
    Path mappings = fault.in(place.resolve("mappings"));
    SynapseServer synapse;
    try {
      synapse = switchover.tryOut(place, "--mappings", mappings.toString());
    } catch (AssertionError e) {
      caught.put(fault.name(), "d2s migrate itself: " + firstLine(e));
      return;
    }
    Map<String, Long> differences = snapshot.compareWith(synapse).differencesByKind();
    List<String> kinds = new ArrayList<>();
    differences.forEach(
        (kind, count) -> {
          long more = count - withoutFault.getOrDefault(kind, 0L);
          if (more > 0) {
            kinds.add(kind + " (" + more + ")");
          }
        });
    caught.put(fault.name(), "comparison: " + String.join(", ", kinds));
    assertThat(kinds).as("kinds of answers that differ because %s", fault).isNotEmpty();
  }

  /** Who has gone on once cannot go back, so every one of these mistakes has a life of its own. */
  @TestFactory
  Stream<DynamicTest> thoseWhoGoOnNotice() {
    return InjectedFault.inActs().stream()
        .flatMap(
            notice ->
                notice.faults().stream()
                    .filter(SwitchoverFaults::isWanted)
                    .map(
                        fault ->
                            dynamicTest(fault.name(), () -> goOn(notice.acts().get(), fault))));
  }

  private static boolean isWanted(InjectedFault fault) {
    return fault.name().contains(System.getProperty("d2s.fault", ""));
  }

  private void goOn(List<Act> acts, InjectedFault fault) throws Exception {
    Path place = TestDirectory.empty(DIRECTORY.resolve("acts"));
    Path mappings = fault.in(place.resolve("mappings"));
    Switchover switchover =
        new Switchover(
            SEED, Layout.ONE_DATABASE, Files.createDirectories(place.resolve("servers")));
    try {
      live(switchover, acts);
      PeerTraffic traffic = switchover.watchPeer();
      switchover.switchOver("--mappings", mappings.toString());
      switchover.startPeer();
      assertThatThrownBy(() -> goOn(switchover, acts, traffic))
          .as("going on although %s", fault)
          .isInstanceOf(AssertionError.class)
          .satisfies(failure -> caught.put(fault.name(), firstLine(failure)));
    } finally {
      close(switchover, acts);
    }
  }

  private static void goOn(Switchover switchover, List<Act> acts, PeerTraffic traffic)
      throws Exception {
    for (Act act : acts) {
      try {
        act.after(switchover.world());
      } catch (AssertionError e) {
        throw new AssertionError(act.getClass().getSimpleName() + ": " + firstLine(e), e);
      }
    }
    switchover.awaitDelivery();
    List<String> wrong = traffic.wrong();
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "what the peer is sent: " + wrong.get(0) + ", and " + (wrong.size() - 1) + " more");
    }
  }

  private static String firstLine(Throwable failure) {
    return failure.getMessage().strip().lines().findFirst().orElse("");
  }

  private static void live(Switchover switchover, List<Act> acts) throws Exception {
    switchover.start();
    for (Act act : acts) {
      act.before(switchover.world());
    }
    for (Act act : acts) {
      act.away(switchover.world());
    }
    switchover.stopPeer();
    for (Act act : acts) {
      act.peerDown(switchover.world());
    }
    Quiescence.of(switchover.source());
  }

  private static void close(Switchover switchover, List<Act> acts) {
    for (Act act : acts) {
      if (act instanceof EncryptionAct clients) {
        clients.close();
      }
    }
    switchover.close();
  }
}
