package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.client.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finding people, rooms and messages, at once after the switch. */
public final class DirectoryAct implements Act {
  private String needle;
  private String nameOfPerson;

  @Override
  public void before(World world) {
    Person bob = world.person("bob");
    needle = "needle" + world.word();
    nameOfPerson = "Finder " + world.word();
    String room =
        bob.createRoom(
            Map.of(
                "preset",
                "public_chat",
                "visibility",
                "public",
                "name",
                "Directory " + world.word(),
                "room_alias_name",
                "main-" + world.word()));
    world.rooms().put("listed", room);
    String main = bob.state(room, "m.room.canonical_alias", "").get("alias").asText();
    String second = "#s\u00fc\u00df-" + world.word() + ":" + world.home().serverName();
    bob.client().put(List.of("directory", "room", second), Map.of("room_id", room)).orFail();
    world.aliases().put("main", main);
    world.aliases().put("second", second);
    String gone = "#gone-" + world.word() + ":" + world.home().serverName();
    bob.client().put(List.of("directory", "room", gone), Map.of("room_id", room)).orFail();
    bob.client()
        .send("DELETE", "/_matrix/client/v3", List.of("directory", "room", gone), null)
        .orFail();
    world.aliases().put("gone", gone);
    world.events().put("listed.needle", bob.say(room, "look for the " + needle + " in the hay"));
    Person carol = world.person("carol");
    carol.join(main);
    carol
        .client()
        .put(List.of("profile", carol.userId(), "displayname"), Map.of("displayname", nameOfPerson))
        .orFail();
  }

  @Override
  public void after(World world) {
    Person bob = world.person("bob");
    String room = world.room("listed");
    assertThat(ids(bob.client().get(List.of("publicRooms")).orFail().get("chunk"), "room_id"))
        .as("public rooms")
        .contains(room);
    assertThat(
            ids(
                world
                    .peerPerson("pia")
                    .client()
                    .get(List.of("publicRooms"), "server", world.home().serverName())
                    .orFail()
                    .get("chunk"),
                "room_id"))
        .as("public rooms as the peer sees them")
        .contains(room);
    Person pia = world.peerPerson("pia");
    assertThat(
            pia.client()
                .get(List.of("directory", "room", world.aliases().get("second")))
                .orFail()
                .get("room_id")
                .asText())
        .as("an alias as the peer finds it")
        .isEqualTo(room);
    assertThat(people(bob, nameOfPerson))
        .as("people by name")
        .containsExactly(world.person("carol").userId());
    assertThat(people(bob, world.person("carol").role()))
        .as("people by ID")
        .contains(world.person("carol").userId());
    JsonNode found =
        bob.client()
            .post(
                List.of("search"),
                Map.of(
                    "search_categories",
                    Map.of(
                        "room_events",
                        Map.of("search_term", needle, "keys", List.of("content.body")))))
            .orFail()
            .at("/search_categories/room_events");
    assertThat(found.at("/results/0/result/event_id").asText())
        .as("a message by its text")
        .isEqualTo(world.event("listed.needle"));
    world.person("alice").join(world.aliases().get("second"));
  }

  private static List<String> people(Person person, String term) {
    return ids(
        person
            .client()
            .post(List.of("user_directory", "search"), Map.of("search_term", term))
            .orFail()
            .get("results"),
        "user_id");
  }

  private static List<String> ids(JsonNode list, String field) {
    List<String> ids = new ArrayList<>();
    list.forEach(element -> ids.add(element.get(field).asText()));
    return ids;
  }
}
