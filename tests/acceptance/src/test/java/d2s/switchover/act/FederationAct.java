package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.client.Person;
import d2s.switchover.server.Eventually;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * History that crosses servers: old rooms are joined late and read back from the other side, before
 * and after the switch, and what was said while the peer was down arrives there once.
 */
public final class FederationAct implements Act {
  private static final int LONG = 25;
  private static final int QUEUED = 8;
  private static final int LETTERS = 3;

  private final List<String> oldOfOurs = new ArrayList<>();
  private final List<String> oldOfTheirs = new ArrayList<>();
  private final List<String> letters = new ArrayList<>();
  private final Map<String, List<String>> queued = new java.util.LinkedHashMap<>();
  private String oldRoomOfTheirs;

  @Override
  public void before(World world) {
    Person alice = world.person("alice");
    Person pete = world.peerPerson("pete");
    Person pia = world.peerPerson("pia");
    String ours =
        alice.createRoom(Map.of("preset", "public_chat", "name", "Our old room " + world.word()));
    world.rooms().put("oldofours", ours);
    talk(world, alice, ours, oldOfOurs);
    String read =
        pete.createRoom(
            Map.of("preset", "public_chat", "name", "Their room, read back " + world.word()));
    world.rooms().put("readback", read);
    List<String> history = new ArrayList<>();
    talk(world, pete, read, history);
    alice.join(read, world.peer().serverName());
    Eventually.isTrue(
        "alice has read the peer's room back to its beginning",
        () -> alice.history(read).keySet().containsAll(history));
    world.events().put("readback.first", history.get(0));
    String theirs =
        pete.createRoom(Map.of("preset", "public_chat", "name", "Their old room " + world.word()));
    oldRoomOfTheirs = theirs;
    talk(world, pete, theirs, oldOfTheirs);
    String partly =
        pete.createRoom(
            Map.of("preset", "public_chat", "name", "Their room, partly read " + world.word()));
    world.rooms().put("partly", partly);
    talk(world, pete, partly, new ArrayList<>());
    alice.join(partly, world.peer().serverName());
    world.events().put("partly.ours", alice.say(partly, world.word()));
    pete.awaitEvent(partly, world.event("partly.ours"));
    pia.sync();
    pete.sync();
  }

  private static void talk(World world, Person speaker, String room, List<String> events) {
    for (int i = 0; i < LONG; i++) {
      events.add(speaker.say(room, i + " " + world.word()));
    }
  }

  @Override
  public void away(World world) {
    world.peerPerson("pia").sync();
    world.peerPerson("pete").sync();
  }

  @Override
  public void peerDown(World world) {
    Person alice = world.person("alice");
    Person bob = world.person("bob");
    for (String name : List.of("talk", "v1", "v6", "v11")) {
      String room = world.room(name);
      Person speaker = name.equals("talk") ? alice : world.person("dave");
      Person other = name.equals("talk") ? bob : world.person("erin");
      List<String> events = new ArrayList<>();
      for (int i = 0; i < QUEUED; i++) {
        events.add(world.pick(speaker, other).say(room, "queued " + i + " " + world.word()));
      }
      queued.put(room, events);
    }
    Person pia = world.peerPerson("pia");
    for (int i = 0; i < LETTERS; i++) {
      letters.add(i + " " + world.word());
      alice.writeTo(pia, letters.get(i));
    }
  }

  @Override
  public void after(World world) {
    Person pia = world.peerPerson("pia");
    Person pete = world.peerPerson("pete");
    Person alice = world.person("alice");
    Map<String, List<String>> received = new java.util.HashMap<>();
    List<String> receivedLetters = new ArrayList<>();
    Eventually.isTrue(
        "the peer has got what was queued",
        () -> {
          JsonNode sync = pia.sync(500);
          receivedLetters.addAll(Person.lettersIn(sync));
          for (String room : queued.keySet()) {
            received
                .computeIfAbsent(room, id -> new ArrayList<>())
                .addAll(AbsenceAct.timeline(sync, room));
          }
          return receivedLetters.size() >= LETTERS
              && queued.entrySet().stream()
                  .allMatch(
                      entry -> pia.history(entry.getKey()).keySet().containsAll(entry.getValue()));
        });
    for (Map.Entry<String, List<String>> entry : queued.entrySet()) {
      assertThat(received.get(entry.getKey()))
          .as("events that the peer's user got, each once")
          .doesNotHaveDuplicates();
      List<String> order = new ArrayList<>(pia.history(entry.getKey()).keySet());
      Collections.reverse(order);
      order.retainAll(new HashSet<>(entry.getValue()));
      assertThat(order).as("order of what was queued").isEqualTo(entry.getValue());
    }
    assertThat(receivedLetters)
        .as("messages to a device at the peer that waited, which a Synapse takes in any order")
        .containsExactlyInAnyOrderElementsOf(letters);
    pete.join(world.room("oldofours"), world.home().serverName());
    Eventually.isTrue(
        "the peer reads our old room back to its beginning",
        () -> pete.history(world.room("oldofours")).keySet().containsAll(oldOfOurs));
    alice.join(oldRoomOfTheirs, world.peer().serverName());
    Eventually.isTrue(
        "alice reads their old room back to its beginning",
        () -> alice.history(oldRoomOfTheirs).keySet().containsAll(oldOfTheirs));
    Eventually.isTrue(
        "alice reads the rest of a room that Dendrite had read in part",
        () -> alice.history(world.room("partly")).size() > LONG);
    String room = world.room("readback");
    String answer = alice.say(room, world.word());
    pete.awaitEvent(room, answer);
    alice.awaitEvent(room, pete.say(room, world.word()));
    pete.redact(room, answer);
    Eventually.isTrue(
        "a redaction by the peer is applied",
        () -> alice.event(room, answer).get("content").isEmpty());
  }
}
