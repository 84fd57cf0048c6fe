package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.client.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What administrators see: rooms, users, reports. */
public final class AdministrationAct implements Act {
  private String reason;

  @Override
  public void before(World world) {
    Person bob = world.person("bob");
    reason = "not nice: " + world.word();
    bob.client()
        .post(
            List.of("rooms", world.room("talk"), "report", world.event("talk.root")),
            Map.of("reason", reason, "score", -50))
        .orFail();
  }

  @Override
  public void after(World world) {
    List<String> rooms = new ArrayList<>();
    for (JsonNode room : get(world, "v1", "rooms").get("rooms")) {
      rooms.add(room.get("room_id").asText());
    }
    assertThat(rooms)
        .as("rooms that administrators see")
        .contains(world.room("talk"), world.room("v1"), world.room("space"));
    List<String> users = new ArrayList<>();
    for (JsonNode user : get(world, "v2", "users").get("users")) {
      users.add(user.get("name").asText());
    }
    assertThat(users)
        .as("users that administrators see")
        .containsAll(
            world.people().values().stream().filter(world::isLocal).map(Person::userId).toList());
    JsonNode reports = get(world, "v1", "event_reports");
    assertThat(reports.at("/event_reports/0/reason").asText())
        .as("reason of the report")
        .isEqualTo(reason);
    assertThat(reports.at("/event_reports/0/event_id").asText())
        .isEqualTo(world.event("talk.root"));
    assertThat(
            world
                .person("alice")
                .client()
                .getBelow("/_synapse/admin/v1", List.of("rooms"))
                .status())
        .as("a user asks what only administrators may ask")
        .isEqualTo(403);
  }

  private static JsonNode get(World world, String version, String what) {
    return world
        .person("admin")
        .client()
        .getBelow("/_synapse/admin/" + version, List.of(what), "limit", "500")
        .orFail();
  }
}
