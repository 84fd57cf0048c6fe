package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.client.Person;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens to messages: edits, reactions, replies, threads, redactions of all of these and of
 * state; and requests that are sent twice because the answer to the first got lost.
 */
public final class MessagesAct implements Act {
  private static final String RELATES = "m.relates_to";

  private final Map<String, String> sentBefore = new LinkedHashMap<>();

  @Override
  public void before(World world) {
    Person alice = world.person("alice");
    Person bob = world.person("bob");
    Person carol = world.person("carol");
    String room =
        alice.createRoom(
            Map.of("preset", "public_chat", "name", "Talk " + world.word(), "topic", world.word()));
    world.rooms().put("talk", room);
    bob.join(room);
    carol.join(room);
    world.peerPerson("pia").join(room, world.home().serverName());
    for (int i = 0; i < 15; i++) {
      world.pick(alice, bob, carol).say(room, world.word() + " " + i);
    }
    String root = say(world, "root", alice, room);
    bob.send(
        room, "m.room.message", edit(say(world, "edited", bob, room), "edited " + world.word()));
    String unedited = bob.say(room, world.word());
    alice.redact(room, bob.send(room, "m.room.message", edit(unedited, world.word())));
    world.events().put("talk.unedited", unedited);
    bob.redact(room, bob.redact(room, bob.say(room, "gone for good " + world.word())));
    String reaction = bob.react(room, root, "\ud83c\udf89");
    carol.react(room, root, "\ud83c\udf89");
    bob.redact(room, reaction);
    for (int i = 0; i < 3; i++) {
      world
          .pick(alice, bob)
          .send(room, "m.room.message", threaded(root, "in the thread " + world.word()));
    }
    bob.send(room, "m.room.message", reply(root, "an answer " + world.word()));
    alice.redact(room, say(world, "gone", carol, room));
    String name =
        alice.setState(room, "m.room.name", "", Map.of("name", "a bad name " + world.word()));
    alice.setState(room, "m.room.name", "", Map.of("name", "a good name " + world.word()));
    alice.redact(room, name);
    carol.send(
        room,
        "org.example.custom",
        Map.of("word", world.word(), "list", List.of(1, "\u2028", Map.of())));
    String transaction = Person.newTransaction();
    sentBefore.put(
        transaction,
        alice.send(room, "m.room.message", transaction, Person.text("once " + world.word())));
    world.events().put("talk.once", sentBefore.get(transaction));
  }

  private static String say(World world, String name, Person speaker, String room) {
    String event = speaker.say(room, world.word());
    world.events().put("talk." + name, event);
    return event;
  }

  @Override
  public void after(World world) {
    Person alice = world.person("alice");
    Person bob = world.person("bob");
    String room = world.room("talk");
    sentBefore.forEach(
        (transaction, event) -> {
          assertThat(alice.send(room, "m.room.message", transaction, Person.text("once again")))
              .as("the event of a transaction that was sent before the switch")
              .isEqualTo(event);
        });
    assertThat(
            alice
                .event(room, world.event("talk.edited"))
                .at("/unsigned/m.relations/m.replace/event_id")
                .asText())
        .as("the edit of a message")
        .isNotEmpty();
    JsonNode thread =
        alice.event(room, world.event("talk.root")).at("/unsigned/m.relations/m.thread");
    assertThat(thread.path("count").asInt()).as("messages in the thread").isEqualTo(3);
    JsonNode threads =
        alice.client().getBelow("/_matrix/client/v1", List.of("rooms", room, "threads")).orFail();
    assertThat(threads.at("/chunk/0/event_id").asText())
        .as("the list of threads")
        .isEqualTo(world.event("talk.root"));
    assertThat(relations(bob, room, "m.annotation", world.event("talk.root")))
        .as("reactions that are left")
        .hasSize(1);
    bob.redact(room, world.event("talk.edited"));
    bob.react(room, world.event("talk.root"), "\ud83d\ude80");
    alice.send(room, "m.room.message", threaded(world.event("talk.root"), "new " + world.word()));
    assertThat(relations(bob, room, "m.annotation", world.event("talk.root"))).hasSize(2);
    assertThat(relations(bob, room, "m.thread", world.event("talk.root"))).hasSize(4);
  }

  private static JsonNode relations(Person reader, String room, String type, String event) {
    return reader
        .client()
        .getBelow(
            "/_matrix/client/v1", List.of("rooms", room, "relations", event, type), "limit", "50")
        .orFail()
        .get("chunk");
  }

  static Map<String, Object> edit(String event, String text) {
    return Map.of(
        "msgtype",
        "m.text",
        "body",
        "* " + text,
        "m.new_content",
        Person.text(text),
        RELATES,
        Map.of("rel_type", "m.replace", "event_id", event));
  }

  static Map<String, Object> threaded(String root, String text) {
    return Map.of(
        "msgtype",
        "m.text",
        "body",
        text,
        RELATES,
        Map.of("rel_type", "m.thread", "event_id", root));
  }

  static Map<String, Object> reply(String event, String text) {
    return Map.of(
        "msgtype",
        "m.text",
        "body",
        text,
        RELATES,
        Map.of("m.in_reply_to", Map.of("event_id", event)));
  }
}
