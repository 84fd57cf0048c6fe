package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.acceptance.server.MatrixClient.Answer;
import d2s.switchover.client.Person;
import java.util.List;
import java.util.Map;

/**
 * People come and go: invited, joined, rejected, kicked, banned, unbanned, left, forgotten, in a
 * room whose members only see what happened while they were there.
 */
public final class MembershipAct implements Act {
  @Override
  public void before(World world) {
    Person alice = world.person("alice");
    Person bob = world.person("bob");
    Person erin = world.person("erin");
    Person frank = world.person("frank");
    Person grace = world.person("grace");
    Person ivan = world.person("ivan");
    Person olivia = world.person("olivia");
    String room =
        alice.createRoom(Map.of("preset", "private_chat", "name", "Private " + world.word()));
    world.rooms().put("private", room);
    for (Person guest : List.of(bob, erin, frank, grace, ivan, olivia)) {
      alice.invite(room, guest);
    }
    alice.say(room, world.word());
    for (Person guest : List.of(bob, erin, frank, grace)) {
      guest.join(room);
      guest.say(room, world.word());
    }
    olivia.leave(room);
    alice.kick(room, erin);
    alice.ban(room, frank);
    alice.ban(room, grace);
    alice.unban(room, grace);
    alice.invite(room, grace);
    bob.leave(room);
    alice.say(room, "while bob was away " + world.word());
    alice.invite(room, bob);
    bob.join(room);
    world.events().put("private.last", alice.say(room, world.word()));

    String left = alice.createRoom(Map.of("preset", "public_chat", "name", "Left " + world.word()));
    world.rooms().put("left", left);
    for (Person guest : List.of(bob, erin)) {
      guest.join(left);
      guest.say(left, world.word());
      guest.leave(left);
    }
    erin.forget(left);

    String joinedOnly =
        alice.createRoom(
            Map.of(
                "preset",
                "public_chat",
                "name",
                "Since joined " + world.word(),
                "initial_state",
                List.of(
                    Map.of(
                        "type",
                        "m.room.history_visibility",
                        "state_key",
                        "",
                        "content",
                        Map.of("history_visibility", "joined")))));
    world.rooms().put("joinedonly", joinedOnly);
    world.events().put("joinedonly.early", alice.say(joinedOnly, world.word()));
    bob.join(joinedOnly);
    world.events().put("joinedonly.late", alice.say(joinedOnly, world.word()));
    direct(world, alice, bob);
  }

  private static void direct(World world, Person one, Person other) {
    String room =
        one.createRoom(
            Map.of(
                "preset",
                "trusted_private_chat",
                "is_direct",
                true,
                "invite",
                List.of(other.userId())));
    world.rooms().put("direct", room);
    other.join(room);
    one.setAccountData("m.direct", Map.of(other.userId(), List.of(room)));
    other.setAccountData("m.direct", Map.of(one.userId(), List.of(room)));
    one.say(room, world.word());
    world.events().put("direct.reply", other.say(room, world.word()));
  }

  @Override
  public void after(World world) {
    String room = world.room("private");
    Person alice = world.person("alice");
    Person ivan = world.person("ivan");
    assertThat(join(world.person("frank"), room).status()).as("a banned user joins").isEqualTo(403);
    assertThat(join(world.person("erin"), room).status()).as("a kicked user joins").isEqualTo(403);
    assertThat(join(world.person("olivia"), room).status())
        .as("one who declined the invite joins")
        .isEqualTo(403);
    ivan.join(room);
    world.person("grace").join(room);
    assertThat(ivan.history(room))
        .as("history for one who was invited long ago")
        .containsKey(world.event("private.last"));
    ivan.say(room, world.word());

    String left = world.room("left");
    JsonNode whole =
        world
            .person("erin")
            .client()
            .get(List.of("sync"), "timeout", "0", "filter", "{\"room\":{\"include_leave\":true}}")
            .orFail();
    assertThat(whole.at("/rooms/leave").has(left)).as("a forgotten room is listed").isFalse();
    assertThat(
            world
                .person("erin")
                .client()
                .get(List.of("rooms", left, "messages"), "dir", "b")
                .status())
        .as("a forgotten room is read")
        .isEqualTo(403);
    world.person("erin").join(left);

    Map<String, JsonNode> seen = world.person("bob").history(world.room("joinedonly"));
    assertThat(seen)
        .as("what bob sees of the time before he joined")
        .containsKey(world.event("joinedonly.late"))
        .doesNotContainKey(world.event("joinedonly.early"));
    assertThat(alice.history(world.room("joinedonly")))
        .containsKey(world.event("joinedonly.early"));
  }

  private static Answer join(Person person, String room) {
    return person.client().post(List.of("join", room), Map.of());
  }
}
