package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.client.EncryptedDevice;
import d2s.switchover.client.JavaScriptClients;
import d2s.switchover.client.OneTimeKeys;
import d2s.switchover.client.Person;
import d2s.switchover.server.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people say to each other so that no server can read it, with real clients that go on in one
 * process, with the same tokens and crypto stores.
 *
 * <p>Alice, Bob and Olga are at home, Pia at the peer. Alice has verified Bob and Pia, and has a
 * second device. Olga and Alice's second device go offline early.
 */
public final class EncryptionAct implements Act, AutoCloseable {
  private static final Path LOG = Path.of("target", "javascript-clients.log");
  private static final String AMONG_US = "enc.local";
  private static final String WITH_PEER = "enc.peer";
  private static final String WHILE_AWAY = "enc.away";

  private JavaScriptClients clients;
  private URI home;
  private URI peer;
  private EncryptedDevice alice;
  private EncryptedDevice alicesSecond;
  private EncryptedDevice bob;
  private EncryptedDevice bobsNew;
  private EncryptedDevice olga;
  private EncryptedDevice pia;
  private String recoveryKeyOfAlice;
  private String recoveryKeyOfBob;
  private Person olgasPlainDevice;
  private OneTimeKeys oneTimeKeys;

  /** Messages that somebody missed: event ID to text, by room. */
  private final Map<String, Map<String, String>> missed = new LinkedHashMap<>();

  /** What every device could read before, by device and room. */
  private final Map<EncryptedDevice, Map<String, Map<String, String>>> readable =
      new LinkedHashMap<>();

  private final Map<EncryptedDevice, JsonNode> ownKeys = new LinkedHashMap<>();
  private JsonNode backup;

  @Override
  public void before(World world) throws IOException, InterruptedException {
    clients = JavaScriptClients.start(LOG);
    home = world.home().server().address();
    peer = world.peer().server().address();
    alice = EncryptedDevice.of(clients, world.person("enc-alice"), home);
    bob = EncryptedDevice.of(clients, world.person("enc-bob"), home);
    olga = EncryptedDevice.of(clients, world.person("enc-olga"), home);
    pia = EncryptedDevice.of(clients, world.peerPerson("enc-pia"), peer);
    recoveryKeyOfAlice = alice.setUpRecovery();
    recoveryKeyOfBob = bob.setUpRecovery();
    pia.setUpRecovery();

    gather(world, AMONG_US, bob, olga);
    gather(world, WITH_PEER, bob, pia);
    converse(world, AMONG_US, List.of(alice, bob, olga));
    converse(world, WITH_PEER, List.of(alice, bob, pia));

    alice.verify(bob, world.room(AMONG_US));
    alice.verify(pia, world.room(WITH_PEER));
    alicesSecond = EncryptedDevice.login(clients, world.person("enc-alice"), home, "SECOND");
    alicesSecond.verifyOwn(alice);
    expectTrust();
    converse(world, AMONG_US, List.of(alicesSecond, bob, olga));
    converse(world, WITH_PEER, List.of(alicesSecond, pia));

    olgasPlainDevice = world.anotherDevice(world.person("enc-olga"), "PLAIN");
    olgasPlainDevice.sync();
    olga.goOffline();
    alicesSecond.goOffline();
    oneTimeKeys = new OneTimeKeys(world.person("enc-bob"), world.person("enc-olga"));
    oneTimeKeys.claim(3);
  }

  @Override
  public void away(World world) {
    miss(world, AMONG_US, alice);
    miss(world, AMONG_US, bob);
    miss(world, WITH_PEER, pia);
    miss(world, WITH_PEER, bob);

    String room = bob.createRoom(olga);
    world.rooms().put(WHILE_AWAY, room);
    miss(world, WHILE_AWAY, bob);

    bob.awaitBackup();
    bobsNew = EncryptedDevice.login(clients, world.person("enc-bob"), home, "NEW");
    bobsNew.recover(recoveryKeyOfBob);
    Eventually.isTrue("Alice trusts Bob's new device", () -> alice.trusts(bobsNew));
    Eventually.isTrue(
        "Pia has heard of Bob's new device",
        () -> pia.trustIn(bob.userId()).get("devices").has(bobsNew.deviceId()));
    miss(world, AMONG_US, bobsNew);
    // While the peer is down a device can only write to devices that it wrote to before.
    miss(world, WITH_PEER, bobsNew);
    pia.goOffline();
  }

  @Override
  public void peerDown(World world) {
    miss(world, WITH_PEER, alice);
    alice.newRoomKey(world.room(WITH_PEER));
    miss(world, WITH_PEER, bobsNew);
    oneTimeKeys.claim(2);

    for (EncryptedDevice device : List.of(alice, bob, bobsNew)) {
      for (String room : List.of(AMONG_US, WITH_PEER)) {
        missed.get(room).forEach((event, text) -> expectToHear(world, device, room, event, text));
      }
    }
    alice.awaitBackup();
    bob.awaitBackup();
    for (EncryptedDevice device : List.of(alice, bob, bobsNew)) {
      Map<String, Map<String, String>> rooms = new LinkedHashMap<>();
      for (String room : List.of(AMONG_US, WITH_PEER)) {
        rooms.put(room, device.readRoom(world.room(room)));
      }
      readable.put(device, rooms);
    }
    backup = alice.backup();
    for (EncryptedDevice device : List.of(alice, bob, bobsNew, olga, pia, alicesSecond)) {
      ownKeys.put(device, device == olga || device == alicesSecond ? null : device.ownKeys());
    }
    List.of(alice, bob, bobsNew).forEach(EncryptedDevice::goOffline);
  }

  @Override
  public void after(World world) {
    oneTimeKeys.claimTheRest();
    expectChangesOfDeviceLists(world);

    List<EncryptedDevice> everybody = List.of(alice, alicesSecond, bob, bobsNew, olga, pia);
    everybody.forEach(EncryptedDevice::goOnline);
    hearWhatWasMissed(world);
    readable.forEach(
        (device, rooms) ->
            rooms.forEach(
                (room, texts) ->
                    assertThat(device.readRoom(world.room(room)))
                        .as("what %s can read in %s", device, room)
                        .containsAllEntriesOf(texts)));
    expectTrust();
    assertThat(olga.trustIn(bob.userId()).get("devices").has(bobsNew.deviceId()))
        .as("Olga has heard of the device that Bob got while she was away")
        .isTrue();
    assertThat(alice.trusts(bobsNew)).as("Alice trusts Bob's new device").isTrue();
    ownKeys.forEach(
        (device, keys) -> {
          if (keys != null) {
            assertThat(device.ownKeys()).as("keys of %s", device).isEqualTo(keys);
          }
        });
    assertThat(alice.backup()).as("Alice's key backup").isEqualTo(backup);

    converse(world, AMONG_US, everybody.stream().filter(device -> device != pia).toList());
    converse(world, WITH_PEER, everybody.stream().filter(device -> device != olga).toList());
    expectFallbackKeys(world);
    recoverOnANewDevice(world);
    meetANewDeviceOfThePeer(world);
    for (EncryptedDevice device : everybody) {
      assertThat(device.syncsFromNothing()).as("syncs from nothing by %s", device).isEqualTo(1);
    }
  }

  @Override
  public void afterRestart(World world) {
    converse(world, AMONG_US, List.of(alice, alicesSecond, bob, bobsNew, olga));
    converse(world, WITH_PEER, List.of(alice, bob, pia));
  }

  @Override
  public void close() {
    if (clients != null) {
      clients.close();
    }
  }

  /** An encrypted room of Alice's that the others join. */
  private void gather(World world, String name, EncryptedDevice... guests) {
    String room = alice.createRoom(guests);
    world.rooms().put(name, room);
    for (EncryptedDevice guest : guests) {
      guest.join(room, world.home().serverName());
    }
    List<EncryptedDevice> all = new ArrayList<>(List.of(guests));
    all.add(alice);
    for (EncryptedDevice device : all) {
      for (EncryptedDevice other : all) {
        device.awaitJoin(room, other);
      }
    }
  }

  /** Everybody says something with a key that is new, and everybody else reads it. */
  private static void converse(World world, String room, List<EncryptedDevice> devices) {
    String roomId = world.room(room);
    for (EncryptedDevice speaker : devices) {
      speaker.newRoomKey(roomId);
      String text = speaker + " says " + world.word();
      String event = speaker.say(roomId, text);
      for (EncryptedDevice listener : devices) {
        expectToHear(world, listener, room, event, text);
      }
    }
  }

  private static void expectToHear(
      World world, EncryptedDevice listener, String room, String event, String text) {
    assertThat(listener.hear(world.room(room), event))
        .as("what %s reads in %s", listener, room)
        .isEqualTo(text);
  }

  /** Somebody says something, with a key that the absent get too, each in a message of its own. */
  private void miss(World world, String room, EncryptedDevice speaker) {
    String roomId = world.room(room);
    speaker.newRoomKey(roomId);
    for (int i = 0; i < 1 + world.random().nextInt(3); i++) {
      String text = speaker + " misses you: " + world.word();
      missed
          .computeIfAbsent(room, name -> new LinkedHashMap<>())
          .put(speaker.say(roomId, text), text);
    }
  }

  private void hearWhatWasMissed(World world) {
    Map<String, List<EncryptedDevice>> absent =
        Map.of(AMONG_US, List.of(olga, alicesSecond), WITH_PEER, List.of(alicesSecond, pia));
    absent.forEach(
        (room, devices) ->
            missed
                .get(room)
                .forEach(
                    (event, text) ->
                        devices.forEach(device -> expectToHear(world, device, room, event, text))));
    // Invited while she was away: the keys came before she joins.
    olga.join(world.room(WHILE_AWAY), world.home().serverName());
    missed
        .get(WHILE_AWAY)
        .forEach((event, text) -> expectToHear(world, olga, WHILE_AWAY, event, text));
  }

  /**
   * Pia is not asked about Alice's second device: Dendrite does not tell other servers when a
   * device is signed that they know already.
   */
  private void expectTrust() {
    expectTrust(alice, bob);
    expectTrust(bob, alice);
    expectTrust(alice, pia);
    expectTrust(pia, alice);
    expectTrust(alice, alicesSecond);
    expectTrust(alicesSecond, alice);
    expectTrust(alicesSecond, bob);
    expectTrust(bob, alicesSecond);
  }

  private static void expectTrust(EncryptedDevice device, EncryptedDevice other) {
    Eventually.isTrue(device + " trusts " + other, () -> device.trusts(other));
  }

  /** Dendrite keeps none; clients upload them as soon as a server says that it has none. */
  private static void expectFallbackKeys(World world) {
    for (String role : List.of("enc-alice", "enc-bob", "enc-olga")) {
      Eventually.isTrue(
          role + " has a fallback key",
          () ->
              !world
                  .person(role)
                  .syncFromNothing()
                  .path("device_unused_fallback_key_types")
                  .isEmpty());
    }
  }

  /** The recovery key alone gets everything back, and the others trust the new device. */
  private void recoverOnANewDevice(World world) {
    EncryptedDevice fresh =
        EncryptedDevice.login(clients, world.person("enc-alice"), home, "RECOVERED");
    assertThat(fresh.recover(recoveryKeyOfAlice))
        .as("keys from the backup")
        .isGreaterThanOrEqualTo(backup.get("count").asInt());
    readable
        .get(alice)
        .forEach(
            (room, texts) ->
                assertThat(fresh.readRoom(world.room(room)))
                    .as("what the recovery key makes readable in %s", room)
                    .containsAllEntriesOf(texts));
    expectTrust(bob, fresh);
    expectTrust(pia, fresh);
    expectTrust(fresh, bob);
    expectTrust(fresh, pia);
    converse(world, AMONG_US, List.of(fresh, bob, olga));
    converse(world, WITH_PEER, List.of(fresh, pia, bob));
  }

  /** It has to claim one-time keys of devices that were migrated. */
  private void meetANewDeviceOfThePeer(World world) {
    EncryptedDevice fresh =
        EncryptedDevice.login(clients, world.peerPerson("enc-pia"), peer, "ANOTHER");
    fresh.verifyOwn(pia);
    expectTrust(alice, fresh);
    converse(world, WITH_PEER, List.of(fresh, alice, alicesSecond, bob));
  }

  private void expectChangesOfDeviceLists(World world) {
    String to = olgasPlainDevice.peek(0).get("next_batch").asText();
    JsonNode changes =
        olgasPlainDevice
            .client()
            .get(List.of("keys", "changes"), "from", olgasPlainDevice.since(), "to", to)
            .orFail();
    List<String> changed = new ArrayList<>();
    changes.get("changed").forEach(user -> changed.add(user.asText()));
    assertThat(changed)
        .as("users whose devices changed since Olga was there")
        .contains(bob.userId())
        .doesNotContain(pia.userId());
    assertThat(changes.path("left")).as("users that Olga shares no room with any more").isEmpty();
  }
}
