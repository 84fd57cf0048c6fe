package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.client.Person;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Simplified sliding sync (MSC4186), as new clients start: all rooms at once, with their names. */
public final class SlidingSyncAct implements Act {
  private static final String PREFIX = "/_matrix/client/unstable/org.matrix.simplified_msc3575";

  /** Newest events; some rooms end with a message of somebody who is ignored. */
  private static final int TIMELINE_LIMIT = 10;

  @Override
  public void after(World world) {
    for (Person person : List.copyOf(world.people().values())) {
      if (world.isLocal(person)) {
        assertRooms(person);
      }
    }
  }

  private static void assertRooms(Person person) {
    JsonNode usual = person.syncFromNothing();
    JsonNode rooms = slidingSync(person).path("rooms");
    Set<String> listed = new LinkedHashSet<>();
    rooms.fieldNames().forEachRemaining(listed::add);
    List<String> expected = new ArrayList<>();
    for (String section : List.of("join", "invite", "knock")) {
      usual.path("rooms").path(section).fieldNames().forEachRemaining(expected::add);
    }
    assertThat(listed).as("rooms of %s by sliding sync", person).containsAll(expected);
    for (String room : expected) {
      JsonNode entry = rooms.get(room);
      if (usual.path("rooms").path("join").has(room)) {
        assertJoined(person, room, entry);
      } else {
        assertThat(entry.path("invite_state").isEmpty() && entry.path("stripped_state").isEmpty())
            .as("%s is shown no state of the invite to %s", person, room)
            .isFalse();
      }
    }
  }

  private static void assertJoined(Person person, String room, JsonNode entry) {
    var name = person.client().get(List.of("rooms", room, "state", "m.room.name"));
    if (name.isOk() && name.body().has("name")) {
      assertThat(entry.path("name").asText())
          .as("name of %s for %s", room, person)
          .isEqualTo(name.body().get("name").asText());
    }
    JsonNode members = person.client().get(List.of("rooms", room, "joined_members")).orFail();
    assertThat(entry.path("joined_count").asInt())
        .as("members of %s for %s", room, person)
        .isEqualTo(members.get("joined").size());
    assertThat(entry.path("timeline")).as("timeline of %s for %s", room, person).isNotEmpty();
  }

  private static JsonNode slidingSync(Person person) {
    return person
        .client()
        .send(
            "POST",
            PREFIX,
            List.of("sync"),
            Map.of(
                "lists",
                Map.of(
                    "all",
                    Map.of(
                        "ranges",
                        List.of(List.of(0, 199)),
                        "required_state",
                        List.of(List.of("m.room.name", ""), List.of("m.room.member", "$ME")),
                        "timeline_limit",
                        TIMELINE_LIMIT))))
        .orFail();
  }
}
