package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.switchover.client.Person;
import java.util.List;
import java.util.Map;

/**
 * Who may read a history, by the two kinds of visibility that no other act has, with one who came
 * late, one who left and one who never came; and which servers may take part in a room.
 */
public final class AccessAct implements Act {
  @Override
  public void before(World world) {
    for (String visibility : List.of("world_readable", "invited")) {
      see(world, visibility);
    }
    Person dave = world.person("dave");
    String room =
        dave.createRoom(Map.of("preset", "public_chat", "name", "Closed to some " + world.word()));
    world.rooms().put("acl", room);
    // Names count without their ports, so that this keeps out the peer.
    dave.setState(
        room,
        "m.room.server_acl",
        "",
        Map.of(
            "allow", List.of("*"),
            "deny", List.of("*.evil.example", "localhost"),
            "allow_ip_literals", false));
    world.events().put("acl.msg", dave.say(room, world.word()));
    assertKeptOut(world);
  }

  private static void see(World world, String visibility) {
    Person judy = world.person("judy");
    Person erin = world.person("erin");
    Person heidi = world.person("heidi");
    String room =
        judy.createRoom(
            Map.of(
                "preset",
                "public_chat",
                "name",
                "Seen by " + visibility + " " + world.word(),
                "initial_state",
                List.of(
                    Map.of(
                        "type",
                        "m.room.history_visibility",
                        "state_key",
                        "",
                        "content",
                        Map.of("history_visibility", visibility)))));
    world.rooms().put(visibility, room);
    world.events().put(visibility + ".early", judy.say(room, world.word()));
    judy.invite(room, heidi);
    erin.join(room);
    world.events().put(visibility + ".invited", judy.say(room, world.word()));
    erin.leave(room);
    heidi.join(room);
    world.events().put(visibility + ".late", judy.say(room, world.word()));
  }

  @Override
  public void after(World world) {
    Person heidi = world.person("heidi");
    Person erin = world.person("erin");
    Person stranger = world.person("olivia");
    assertThat(stranger.history(world.room("world_readable")))
        .as("what anybody reads of a room that the world may read")
        .containsKeys(world.event("world_readable.early"), world.event("world_readable.late"));
    assertThat(heidi.history(world.room("invited")))
        .as("what heidi reads since her invite")
        .containsKeys(world.event("invited.invited"), world.event("invited.late"))
        .doesNotContainKey(world.event("invited.early"));
    assertThat(erin.history(world.room("invited")))
        .as("what erin reads of the time that she was there")
        .containsKey(world.event("invited.invited"))
        .doesNotContainKeys(world.event("invited.early"), world.event("invited.late"));
    assertThat(
            stranger
                .client()
                .get(List.of("rooms", world.room("invited"), "messages"), "dir", "b")
                .status())
        .as("a stranger reads")
        .isEqualTo(403);

    assertKeptOut(world);
    world.person("dave").say(world.room("acl"), world.word());
  }

  private static void assertKeptOut(World world) {
    assertThat(
            world
                .peerPerson("pete")
                .client()
                .send(
                    "POST",
                    "/_matrix/client/v3",
                    List.of("join", world.room("acl")),
                    Map.of(),
                    "server_name",
                    world.home().serverName())
                .status())
        .as("somebody joins from a server that the room keeps out")
        .isEqualTo(403);
  }
}
