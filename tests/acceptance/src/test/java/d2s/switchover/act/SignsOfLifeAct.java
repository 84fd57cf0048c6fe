package d2s.switchover.act;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.client.Person;
import d2s.switchover.server.Eventually;
import java.util.List;
import java.util.Map;

/** Who is writing, who is there and who has read: what goes from one server to the other. */
public final class SignsOfLifeAct implements Act {
  private static final int LONG_ENOUGH = 60_000;

  @Override
  public void before(World world) {
    Person grace = world.person("grace");
    String room =
        grace.createRoom(Map.of("preset", "public_chat", "name", "Alive " + world.word()));
    world.rooms().put("alive", room);
    world.peerPerson("pia").join(room, world.home().serverName());
    assertRead(world, room);
  }

  private static void assertRead(World world, String room) {
    Person grace = world.person("grace");
    Person pia = world.peerPerson("pia");
    String event = pia.say(room, world.word());
    grace.awaitEvent(room, event);
    grace.read(room, event);
    Eventually.isTrue(
        "pia sees how far grace has read",
        () ->
            pia.syncFromNothing()
                .at("/rooms/join")
                .path(room)
                .path("ephemeral")
                .toString()
                .contains(event));
  }

  @Override
  public void after(World world) {
    Person grace = world.person("grace");
    Person pia = world.peerPerson("pia");
    String room = world.room("alive");
    assertSeen(world, pia, grace, room);
    assertSeen(world, grace, pia, room);
    assertRead(world, room);
  }

  private static void assertSeen(World world, Person person, Person observer, String room) {
    String status = "here and " + world.word();
    person
        .client()
        .put(
            List.of("presence", person.userId(), "status"),
            Map.of("presence", "online", "status_msg", status))
        .orFail();
    typing(person, room, true);
    Eventually.isTrue(
        observer + " sees that " + person + " is writing", () -> isTyping(observer, room, person));
    Eventually.isTrue(
        observer + " sees that " + person + " is there", () -> isThere(observer, person, status));
    typing(person, room, false);
    Eventually.isTrue(
        observer + " sees that " + person + " writes no more",
        () -> !isTyping(observer, room, person));
  }

  private static void typing(Person person, String room, boolean isTyping) {
    person
        .client()
        .put(
            List.of("rooms", room, "typing", person.userId()),
            Map.of("typing", isTyping, "timeout", LONG_ENOUGH))
        .orFail();
  }

  private static boolean isTyping(Person observer, String room, Person person) {
    for (JsonNode event :
        observer.syncFromNothing().at("/rooms/join").path(room).at("/ephemeral/events")) {
      if (event.path("type").asText().equals("m.typing")) {
        return event.at("/content/user_ids").toString().contains('"' + person.userId() + '"');
      }
    }
    return false;
  }

  private static boolean isThere(Person observer, Person person, String status) {
    for (JsonNode event : observer.syncFromNothing().at("/presence/events")) {
      if (event.path("sender").asText().equals(person.userId())) {
        return event.at("/content/presence").asText().equals("online")
            && event.at("/content/status_msg").asText().equals(status);
      }
    }
    return false;
  }
}
