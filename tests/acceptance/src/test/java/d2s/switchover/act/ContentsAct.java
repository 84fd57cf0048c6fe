package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.RawValue;
import d2s.switchover.client.Person;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What people send beside plain text: long, odd, and in forms that a database may not like. */
public final class ContentsAct implements Act {
  private static final int LONG = 50_000;

  /** Content as Dendrite showed it, by the name of the room and event ID. */
  private final Map<String, Map<String, JsonNode>> shown = new LinkedHashMap<>();

  private String pollStart;

  @Override
  public void before(World world) {
    Person dave = world.person("dave");
    Person odd = world.person("odd=user/x-1_y.z");
    Person pia = world.peerPerson("pia");
    String room =
        dave.createRoom(
            Map.of(
                "preset", "public_chat", "name", "Contents " + world.word(), "room_version", "10"));
    world.rooms().put("contents", room);
    odd.join(room);
    pia.join(room, world.home().serverName());
    odd.say(room, "my name is odd " + world.word());
    Map<String, Object> contents = new LinkedHashMap<>();
    contents.put("long", Person.text("\u2713" + "abcdefghi ".repeat(LONG / 10) + world.word()));
    contents.put(
        "rtl",
        Person.text(
            "\u05e9\u05dc\u05d5\u05dd \u202e\u0645\u0631\u062d\u0628\u0627\u202c " + world.word()));
    contents.put("nul", raw("a\\u0000b " + world.word()));
    contents.put(
        "surrogates", raw("\\ud83d alone, \\udc00 too, \\ud83d\\ude00 a pair " + world.word()));
    contents.put(
        "escapes", raw("\\\\ \\\" \\/ \\b\\f\\n\\r\\t \\u2028 \\u007f \\ufffe " + world.word()));
    contents.put(
        "integers",
        Map.of("msgtype", "m.text", "body", "n", "max", (1L << 53) - 1, "min", 1 - (1L << 53)));
    contents.put(
        "location",
        Map.of("msgtype", "m.location", "body", world.word(), "geo_uri", "geo:51.5,-0.1"));
    contents.forEach(
        (name, content) -> send(world, dave, "contents", name, "m.room.message", content));
    send(world, dave, "contents", "sticker", "m.sticker", sticker(world));
    dave.setState(
        room, "org.example.state", "key \u2713 \" / ?", new RawValue("{\"nul\":\"\\u0000\"}"));
    poll(world, dave, odd, room);

    String old =
        dave.createRoom(
            Map.of(
                "preset", "public_chat", "name", "Numbers " + world.word(), "room_version", "5"));
    world.rooms().put("numbers", old);
    pia.join(old, world.home().serverName());
    send(world, dave, "numbers", "float", "m.room.message", number("1.5"));
    send(world, dave, "numbers", "negative", "m.room.message", number("-0.0625"));
    send(world, dave, "numbers", "huge", "m.room.message", number("1152921504606846976"));
    for (String name : List.of("contents", "numbers")) {
      Map<String, JsonNode> inRoom = new LinkedHashMap<>();
      world
          .events()
          .forEach(
              (event, eventId) -> {
                if (event.startsWith(name + ".")) {
                  inRoom.put(eventId, dave.event(world.room(name), eventId).get("content"));
                }
              });
      shown.put(name, inRoom);
    }
    assertThat(shown.get("contents")).hasSize(contents.size() + 2);
    assertThat(shown.get("numbers")).hasSize(3);
  }

  private static RawValue raw(String body) {
    return new RawValue("{\"msgtype\":\"m.text\",\"body\":\"" + body + "\"}");
  }

  private static RawValue number(String number) {
    return new RawValue("{\"msgtype\":\"m.text\",\"body\":\"n\",\"number\":" + number + "}");
  }

  private static void send(
      World world, Person sender, String room, String name, String type, Object content) {
    world.events().put(room + "." + name, sender.send(world.room(room), type, content));
  }

  private static Map<String, Object> sticker(World world) {
    return Map.of(
        "body",
        world.word(),
        "url",
        "mxc://" + world.home().serverName() + "/sticker",
        "info",
        Map.of("mimetype", "image/png", "w", 32, "h", 32));
  }

  private void poll(World world, Person asker, Person voter, String room) {
    send(
        world,
        asker,
        "contents",
        "poll",
        "org.matrix.msc3381.poll.start",
        Map.of(
            "org.matrix.msc1767.text",
            "tea or coffee?",
            "org.matrix.msc3381.poll.start",
            Map.of(
                "kind",
                "org.matrix.msc3381.poll.disclosed",
                "max_selections",
                1,
                "question",
                Map.of("org.matrix.msc1767.text", "tea or coffee?"),
                "answers",
                List.of(
                    Map.of("id", "t", "org.matrix.msc1767.text", "tea"),
                    Map.of("id", "c", "org.matrix.msc1767.text", "coffee")))));
    pollStart = world.event("contents.poll");
    vote(voter, room, "t");
    vote(voter, room, "c");
    asker.send(
        room,
        "org.matrix.msc3381.poll.end",
        Map.of(
            "m.relates_to",
            Map.of("rel_type", "m.reference", "event_id", pollStart),
            "org.matrix.msc3381.poll.end",
            Map.of()));
  }

  private void vote(Person voter, String room, String answer) {
    voter.send(
        room,
        "org.matrix.msc3381.poll.response",
        Map.of(
            "m.relates_to",
            Map.of("rel_type", "m.reference", "event_id", pollStart),
            "org.matrix.msc3381.poll.response",
            Map.of("answers", List.of(answer))));
  }

  @Override
  public void after(World world) {
    Person dave = world.person("dave");
    Person odd = world.person("odd=user/x-1_y.z");
    Person pia = world.peerPerson("pia");
    for (String name : List.of("contents", "numbers")) {
      String room = world.room(name);
      Map<String, JsonNode> history = dave.history(room);
      shown
          .get(name)
          .forEach(
              (event, content) -> {
                assertThat(history).as("history of %s", name).containsKey(event);
                assertThat(history.get(event).get("content"))
                    .as("content of %s", event)
                    .isEqualTo(content);
              });
      assertThat(pia.history(room))
          .as("what the peer has of %s", name)
          .containsKeys(shown.get(name).keySet().toArray(new String[0]));
      pia.awaitEvent(room, dave.say(room, world.word()));
      dave.awaitEvent(room, pia.say(room, world.word()));
    }
    String room = world.room("contents");
    vote(odd, room, "t");
    assertThat(
            dave.client()
                .getBelow(
                    "/_matrix/client/v1",
                    List.of("rooms", room, "relations", pollStart, "m.reference"))
                .orFail()
                .get("chunk"))
        .as("answers to the poll, and its end")
        .hasSize(4);
  }
}
