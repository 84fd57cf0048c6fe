package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.switchover.client.Person;
import d2s.switchover.server.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Both servers speak at the same time in one room and change the same state, so that its history
 * branches; before and after the switch they must end up with the same room.
 */
public final class ForksAct implements Act {
  private static final int ROUNDS = 4;

  private final List<String> said = new ArrayList<>();

  @Override
  public void before(World world) {
    Person dave = world.person("dave");
    Person pia = world.peerPerson("pia");
    String room =
        dave.createRoom(
            Map.of(
                "preset",
                "public_chat",
                "name",
                "Fork " + world.word(),
                "power_level_content_override",
                Map.of("users", Map.of(dave.userId(), 100, pia.userId(), 50))));
    world.rooms().put("fork", room);
    pia.join(room, world.home().serverName());
    branch(world);
    dave.awaitEvent(room, pia.say(room, world.word()));
    assertAgreed(world);
  }

  /** Several rounds of messages and topics by both at once; returns when both know all of them. */
  private void branch(World world) {
    String room = world.room("fork");
    Person dave = world.person("dave");
    Person pia = world.peerPerson("pia");
    for (int i = 0; i < ROUNDS; i++) {
      List<CompletableFuture<String>> events = new ArrayList<>();
      for (Person person : List.of(dave, pia)) {
        String word = world.word();
        events.add(CompletableFuture.supplyAsync(() -> person.say(room, word)));
        events.add(
            CompletableFuture.supplyAsync(
                () -> person.setState(room, "m.room.topic", "", Map.of("topic", word))));
      }
      events.forEach(event -> said.add(event.join()));
    }
    for (String event : said) {
      dave.awaitEvent(room, event);
      pia.awaitEvent(room, event);
    }
  }

  private static void assertAgreed(World world) {
    String room = world.room("fork");
    Eventually.isTrue(
        "both servers show the same topic",
        () -> topic(world.person("dave"), room).equals(topic(world.peerPerson("pia"), room)));
  }

  private static String topic(Person person, String room) {
    return person.state(room, "m.room.topic", "").get("topic").asText();
  }

  @Override
  public void after(World world) {
    assertAgreed(world);
    assertThat(world.person("dave").history(world.room("fork")))
        .as("history with branches")
        .containsKeys(said.toArray(new String[0]));
    branch(world);
    world
        .person("dave")
        .awaitEvent(
            world.room("fork"), world.peerPerson("pia").say(world.room("fork"), world.word()));
    assertAgreed(world);
  }
}
