package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.switchover.client.Person;
import d2s.switchover.server.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The peer sends what nobody may see: a state event that its sender had no right to, which is
 * rejected, and a message of one who was banned, as if it had been sent before, which soft-fails.
 * Dendrite keeps both, shows neither and goes on from neither.
 */
public final class ForgeryAct implements Act {
  private final List<String> forged = new ArrayList<>();
  private String topic;

  @Override
  public void before(World world) {
    Person dave = world.person("dave");
    Person pia = world.peerPerson("pia");
    Person pete = world.peerPerson("pete");
    topic = world.word();
    String room =
        dave.createRoom(
            Map.of(
                "preset",
                "public_chat",
                "name",
                "Forgery " + world.word(),
                "topic",
                topic,
                "room_version",
                "10"));
    world.rooms().put("forgery", room);
    pia.join(room, world.home().serverName());
    pete.join(room, world.home().serverName());
    dave.awaitEvent(room, pete.say(room, world.word()));
    String last = dave.say(room, "the last that pete may answer " + world.word());
    ObjectNode late =
        world
            .peerVoice()
            .event(
                pete,
                room,
                "m.room.message",
                null,
                last,
                allowing(dave, pete, room),
                Person.text("sent before I was banned"));
    ObjectNode unlawful =
        world
            .peerVoice()
            .event(
                pia,
                room,
                "m.room.topic",
                "",
                last,
                allowing(dave, pia, room),
                Map.of("topic", "a topic without the right to set it"));
    dave.ban(room, pete);
    world.peerVoice().send(late, unlawful);
    forged.add(PeerVoice.idOf(late));
    forged.add(PeerVoice.idOf(unlawful));
    for (String event : forged) {
      Eventually.isTrue(
          "Dendrite keeps the forged event " + event,
          () -> world.fate(event) != World.Fate.UNKNOWN);
    }
    assertThat(forged)
        .as("what Dendrite makes of a message that comes too late and of a topic")
        .extracting(world::fate)
        .containsExactly(World.Fate.WITHHELD, World.Fate.REJECTED);
    world.events().put("forgery.next", dave.say(room, "go on " + world.word()));
    assertHidden(dave, room);
  }

  /** The IDs of the state events that allow what the sender sends. */
  private static List<String> allowing(Person reader, Person sender, String room) {
    List<String> events = new ArrayList<>();
    for (JsonNode event : reader.client().get(List.of("rooms", room, "state")).orFail()) {
      String type = event.get("type").asText();
      if (type.equals("m.room.create")
          || type.equals("m.room.power_levels")
          || type.equals("m.room.member")
              && event.get("state_key").asText().equals(sender.userId())) {
        events.add(event.get("event_id").asText());
      }
    }
    return events;
  }

  private void assertHidden(Person reader, String room) {
    assertThat(reader.history(room))
        .as("history without what was forged")
        .isNotEmpty()
        .doesNotContainKeys(forged.toArray(new String[0]));
    for (String event : forged) {
      assertThat(reader.client().get(List.of("rooms", room, "event", event)).status())
          .as("the forged event %s is shown", event)
          .isEqualTo(404);
    }
    assertThat(reader.state(room, "m.room.topic", "").get("topic").asText())
        .as("the topic that nobody was allowed to change")
        .isEqualTo(topic);
  }

  @Override
  public void after(World world) {
    Person dave = world.person("dave");
    Person pia = world.peerPerson("pia");
    String room = world.room("forgery");
    assertHidden(dave, room);
    pia.awaitEvent(room, dave.say(room, world.word()));
    dave.awaitEvent(room, pia.say(room, world.word()));
    assertHidden(dave, room);
    assertThat(pia.history(room))
        .as("the peer is given what was forged in its name")
        .doesNotContainKeys(forged.toArray(new String[0]));
  }
}
