package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.client.Person;
import d2s.switchover.server.Eventually;
import java.util.List;
import java.util.Map;

/** What people have read and what they are told about: receipts, unread counts, push rules. */
public final class ReadingAct implements Act {
  private static final String KEYWORD = "rhubarb";

  private int unread;
  private int highlights;

  @Override
  public void before(World world) {
    Person dave = world.person("dave");
    Person mallory = world.person("mallory");
    Person niaj = world.person("niaj");
    String room =
        dave.createRoom(Map.of("preset", "public_chat", "name", "Reading " + world.word()));
    world.rooms().put("reading", room);
    mallory.join(room);
    niaj.join(room);
    pushRule(
        niaj,
        "content",
        KEYWORD,
        Map.of(
            "pattern",
            KEYWORD,
            "actions",
            List.of("notify", Map.of("set_tweak", "highlight", "value", true))));
    dave.say(room, world.word());
    String seen = mallory.say(room, world.word());
    world.events().put("reading.seen", seen);
    awaitUnread(niaj, room, 2);
    niaj.read(room, seen);
    dave.read(room, seen);
    niaj.client()
        .post(List.of("rooms", room, "read_markers"), Map.of("m.fully_read", seen, "m.read", seen))
        .orFail();
    awaitUnread(niaj, room, 0);
    for (int i = 0; i < 3; i++) {
      dave.say(room, world.word());
    }
    dave.say(room, "Who knows " + localpart(niaj) + "?");
    mallory.say(room, "I like " + KEYWORD + " very much");
    unread = 5;
    // Dendrite does not count its own rule for mentions, which has no value, as a highlight.
    highlights = 1;
    awaitUnread(niaj, room, unread);
  }

  /** Dendrite counts in the background, and takes what it counts too late as read already. */
  private static void awaitUnread(Person person, String room, int number) {
    Eventually.isTrue(
        "Dendrite has counted " + number + " unread messages",
        () -> counts(person, room).path("notification_count").asInt() == number);
  }

  private static void pushRule(Person person, String kind, String id, Map<String, Object> rule) {
    person.client().put(List.of("pushrules", "global", kind, id), rule).orFail();
  }

  private static String localpart(Person person) {
    return person.userId().substring(1, person.userId().indexOf(':'));
  }

  private static JsonNode counts(Person person, String room) {
    return person.syncFromNothing().at("/rooms/join").path(room).path("unread_notifications");
  }

  private void assertCounts(Person person, String room, String when) {
    Eventually.isTrue(
        when
            + ": "
            + unread
            + " unread, "
            + highlights
            + " of them highlighted; it is "
            + counts(person, room),
        () -> {
          JsonNode counts = counts(person, room);
          return counts.path("notification_count").asInt() == unread
              && counts.path("highlight_count").asInt() == highlights;
        });
  }

  @Override
  public void after(World world) {
    Person dave = world.person("dave");
    Person niaj = world.person("niaj");
    String room = world.room("reading");
    assertThat(counts(niaj, room).path("notification_count").asInt())
        .as("unread messages after the switch")
        .isEqualTo(unread);
    assertThat(counts(niaj, room).path("highlight_count").asInt())
        .as("mentions after the switch")
        .isEqualTo(highlights);
    dave.say(room, "and what about " + localpart(niaj));
    unread++;
    highlights++;
    assertCounts(niaj, room, "a mention fires the push rule");
    dave.say(room, "some more " + KEYWORD);
    unread++;
    highlights++;
    assertCounts(niaj, room, "the user's own rule fires");
    dave.say(room, "nothing special");
    unread++;
    assertCounts(niaj, room, "a message is counted");
  }

  @Override
  public void afterRestart(World world) {
    Person dave = world.person("dave");
    Person niaj = world.person("niaj");
    String room = world.room("reading");
    assertCounts(niaj, room, "after a restart");
    niaj.read(room, dave.say(room, "the last one"));
    unread = 0;
    highlights = 0;
    assertCounts(niaj, room, "everything is read");
  }
}
