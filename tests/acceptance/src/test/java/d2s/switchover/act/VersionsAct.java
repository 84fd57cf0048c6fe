package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.client.Person;
import d2s.switchover.server.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A room of every version, with members on both servers, in which people talk, redact and are
 * redacted; after the switch both servers go on in each of them.
 */
public final class VersionsAct implements Act {
  static final List<String> VERSIONS =
      List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");

  /** From this version on Dendrite ignores redactions by other servers. */
  private static final int REMOTE_REDACTIONS_IGNORED = 11;

  @Override
  public void before(World world) {
    Person dave = world.person("dave");
    Person erin = world.person("erin");
    Person pia = world.peerPerson("pia");
    List<String> versions = new ArrayList<>(VERSIONS);
    java.util.Collections.shuffle(versions, world.random());
    for (String version : versions) {
      String name = name(version);
      String room =
          dave.createRoom(
              Map.of(
                  "preset",
                  "public_chat",
                  "room_version",
                  version,
                  "name",
                  "Room of version " + version + " " + world.word(),
                  "topic",
                  "<b>" + world.word() + "</b> & \u2028 \ud83d\ude00"));
      world.rooms().put(name, room);
      erin.join(room);
      pia.join(room, world.home().serverName());
      dave.setState(room, "m.room.power_levels", "", powerLevels(dave, pia, version));
      world.events().put(name + ".msg", dave.say(room, world.word()));
      for (int i = 0; i < 2 + world.random().nextInt(4); i++) {
        world.pick(dave, erin).say(room, world.word());
      }
      world.events().put(name + ".gone", erin.say(room, world.word()));
      dave.redact(room, world.event(name + ".gone"));
      String reaction = erin.react(room, world.event(name + ".msg"), "\ud83d\udc4d");
      if (world.random().nextBoolean()) {
        erin.redact(room, reaction);
      }
      world.events().put(name + ".gonebypeer", erin.say(room, world.word()));
      world.events().put(name + ".frompeer", pia.say(room, world.word()));
    }
    for (String version : versions) {
      redactByPeer(world, name(version), erin, pia);
    }
    for (String version : versions) {
      dave.awaitEvent(world.room(name(version)), world.event(name(version) + ".frompeer"));
    }
  }

  private static void redactByPeer(World world, String name, Person erin, Person pia) {
    String room = world.room(name);
    String target = world.event(name + ".gonebypeer");
    pia.awaitEvent(room, target);
    String redaction = pia.redact(room, target);
    if (Integer.parseInt(name.substring(1)) < REMOTE_REDACTIONS_IGNORED) {
      world.events().put(name + ".redactionbypeer", redaction);
      Eventually.isTrue(
          "Dendrite applies the redaction by the peer in " + name,
          () -> erin.event(room, target).get("content").isEmpty());
    }
  }

  @Override
  public void after(World world) {
    Person erin = world.person("erin");
    Person dave = world.person("dave");
    Person pia = world.peerPerson("pia");
    Map<String, String> toPeer = new java.util.LinkedHashMap<>();
    Map<String, String> fromPeer = new java.util.LinkedHashMap<>();
    for (String version : VERSIONS) {
      String room = world.room(name(version));
      assertGone(erin, world, name(version) + ".gone");
      assertGone(erin, world, name(version) + ".gonebypeer");
      toPeer.put(room, dave.say(room, world.word()));
      fromPeer.put(room, pia.say(room, world.word()));
    }
    toPeer.forEach((room, event) -> pia.awaitEvent(room, event));
    fromPeer.forEach((room, event) -> dave.awaitEvent(room, event));
    for (String version : VERSIONS) {
      // The peer has checked the signatures of what it is told; what it kept it can show.
      assertThat(pia.history(world.room(name(version))))
          .as("history of the room of version %s at the peer", version)
          .containsKeys(world.event(name(version) + ".msg"));
    }
  }

  private static void assertGone(Person reader, World world, String event) {
    String name = event.substring(0, event.indexOf('.'));
    JsonNode content = reader.event(world.room(name), world.event(event)).get("content");
    assertThat(content).as("content of the redacted event %s", event).isEmpty();
  }

  /** In old versions a level may be a text. */
  private static Map<String, Object> powerLevels(Person creator, Person moderator, String version) {
    boolean asTexts = version.equals("1");
    return Map.of(
        "users",
        Map.of(creator.userId(), asTexts ? "100" : 100, moderator.userId(), asTexts ? "50" : 50),
        "users_default",
        0,
        "events_default",
        0,
        "state_default",
        50,
        "ban",
        50,
        "kick",
        50,
        "redact",
        50,
        "invite",
        0);
  }

  private static String name(String version) {
    return "v" + version;
  }
}
