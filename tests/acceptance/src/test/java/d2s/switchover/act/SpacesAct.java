package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.client.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A space, a room that only its members may join, and a room that was upgraded. */
public final class SpacesAct implements Act {
  @Override
  public void before(World world) {
    Person judy = world.person("judy");
    Person erin = world.person("erin");
    String space =
        judy.createRoom(
            Map.of(
                "preset",
                "public_chat",
                "name",
                "Space " + world.word(),
                "creation_content",
                Map.of("type", "m.space")));
    world.rooms().put("space", space);
    String restricted =
        judy.createRoom(
            Map.of(
                "name",
                "Restricted " + world.word(),
                "room_version",
                "10",
                "initial_state",
                List.of(
                    Map.of(
                        "type",
                        "m.room.join_rules",
                        "state_key",
                        "",
                        "content",
                        Map.of(
                            "join_rule",
                            "restricted",
                            "allow",
                            List.of(Map.of("type", "m.room_membership", "room_id", space)))))));
    world.rooms().put("restricted", restricted);
    Map<String, Object> via = Map.of("via", List.of(world.home().serverName()));
    judy.setState(space, "m.space.child", restricted, via);
    judy.setState(space, "m.space.child", world.room("v9"), via);
    erin.join(space);
    erin.join(restricted);
    world.events().put("restricted.msg", erin.say(restricted, world.word()));

    String old =
        judy.createRoom(
            Map.of(
                "preset",
                "public_chat",
                "name",
                "Old " + world.word(),
                "room_version",
                "6",
                "room_alias_name",
                world.word()));
    world.rooms().put("old", old);
    erin.join(old);
    world.events().put("old.msg", erin.say(old, world.word()));
    String upgraded =
        judy.client()
            .post(List.of("rooms", old, "upgrade"), Map.of("new_version", "11"))
            .orFail()
            .get("replacement_room")
            .asText();
    world.rooms().put("upgraded", upgraded);
    erin.join(upgraded);
    erin.say(upgraded, world.word());
  }

  @Override
  public void after(World world) {
    Person judy = world.person("judy");
    Person heidi = world.person("heidi");
    String restricted = world.room("restricted");
    assertThat(heidi.client().post(List.of("join", restricted), Map.of()).status())
        .as("one who is not in the space joins the restricted room")
        .isEqualTo(403);
    heidi.join(world.room("space"));
    heidi.join(restricted);
    assertThat(heidi.history(restricted)).containsKey(world.event("restricted.msg"));

    List<String> children = new ArrayList<>();
    for (JsonNode room :
        judy.client()
            .getBelow("/_matrix/client/v1", List.of("rooms", world.room("space"), "hierarchy"))
            .orFail()
            .get("rooms")) {
      children.add(room.get("room_id").asText());
    }
    assertThat(children)
        .as("rooms of the space")
        .contains(world.room("space"), restricted, world.room("v9"));
    assertThat(
            judy.state(world.room("old"), "m.room.tombstone", "").get("replacement_room").asText())
        .isEqualTo(world.room("upgraded"));
    assertThat(
            judy.state(world.room("upgraded"), "m.room.create", "")
                .at("/predecessor/room_id")
                .asText())
        .isEqualTo(world.room("old"));
    judy.say(world.room("upgraded"), world.word());
  }
}
