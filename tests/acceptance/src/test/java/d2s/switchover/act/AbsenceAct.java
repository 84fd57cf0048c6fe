package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.client.Person;
import d2s.switchover.server.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Carol goes offline early. Meanwhile people talk, invite her, change state and send messages to
 * her device; with the token of before she must get exactly that, once, in order, from Synapse.
 */
public final class AbsenceAct implements Act {
  private static final int MESSAGES = 6;

  private final List<String> missed = new ArrayList<>();
  private final List<String> letters = new ArrayList<>();

  @Override
  public void before(World world) {
    // Nothing may be on its way any more when she goes.
    Person carol = world.person("carol");
    Eventually.isTrue(
        "nothing is new for carol",
        () -> carol.sync().at("/rooms/join").isEmpty() && carol.sync().at("/rooms/join").isEmpty());
  }

  @Override
  public void away(World world) {
    Person alice = world.person("alice");
    Person bob = world.person("bob");
    Person carol = world.person("carol");
    Person pia = world.peerPerson("pia");
    String room = world.room("talk");
    for (int i = 0; i < MESSAGES; i++) {
      missed.add(world.pick(alice, bob).say(room, "missed " + i + " " + world.word()));
    }
    missed.add(alice.setState(room, "m.room.topic", "", Map.of("topic", "missed " + world.word())));
    String fromPeer = pia.say(room, "missed from the peer " + world.word());
    alice.awaitEvent(room, fromPeer);
    missed.add(fromPeer);
    missed.add(bob.say(room, "the last that carol missed"));
    String invited =
        bob.createRoom(Map.of("preset", "private_chat", "name", "Missed invite " + world.word()));
    world.rooms().put("missedinvite", invited);
    bob.invite(invited, carol);
    for (int i = 0; i < MESSAGES; i++) {
      letters.add(i + " " + world.word());
      alice.writeTo(carol, letters.get(i));
    }
  }

  @Override
  public void after(World world) {
    Person carol = world.person("carol");
    JsonNode sync = carol.sync();
    assertThat(timeline(sync, world.room("talk")))
        .as("what carol missed in the room, by her token of before")
        .startsWith(missed.toArray(new String[0]))
        .doesNotHaveDuplicates();
    assertThat(sync.at("/rooms/join").path(world.room("talk")).at("/timeline/limited").asBoolean())
        .as("carol is told that there is a gap")
        .isFalse();
    assertThat(sync.at("/rooms/invite").has(world.room("missedinvite")))
        .as("the invite that carol missed")
        .isTrue();
    assertThat(Person.lettersIn(sync))
        .as("the messages to her device that carol missed")
        .isEqualTo(letters);
    JsonNode next = carol.sync();
    assertThat(Person.lettersIn(next)).as("messages to her device that come twice").isEmpty();
    assertThat(timeline(next, world.room("talk")))
        .as("messages that come twice")
        .doesNotContainAnyElementsOf(missed);
    assertThat(next.at("/rooms/invite").has(world.room("missedinvite")))
        .as("the invite comes twice")
        .isFalse();
    carol.join(world.room("missedinvite"));
    String live = world.person("alice").say(world.room("talk"), world.word());
    assertThat(timeline(carol.sync(5000), world.room("talk")))
        .as("what carol hears next")
        .contains(live);
  }

  @Override
  public void afterRestart(World world) {
    Person carol = world.person("carol");
    assertThat(Person.lettersIn(carol.sync()))
        .as("messages to her device after a restart")
        .isEmpty();
    String live = world.person("alice").say(world.room("talk"), world.word());
    assertThat(timeline(carol.sync(5000), world.room("talk"))).contains(live);
  }

  static List<String> timeline(JsonNode sync, String room) {
    List<String> events = new ArrayList<>();
    sync.at("/rooms/join")
        .path(room)
        .at("/timeline/events")
        .forEach(event -> events.add(event.get("event_id").asText()));
    return events;
  }
}
