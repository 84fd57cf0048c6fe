package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.switchover.client.Person;
import d2s.switchover.server.Eventually;
import java.util.List;
import java.util.Map;

/**
 * People knock, and are let in, turned away, think better of it, or still wait at the switch.
 *
 * <p>Dendrite 0.13.8 has no /knock and lets no other server knock, but it takes a knock as a state
 * event of the person who knocks, and learns of those who knock on the peer's rooms.
 */
public final class KnockAct implements Act {
  @Override
  public void before(World world) {
    Person judy = world.person("judy");
    String ours = judy.createRoom(knockRoom(world, "Knock here "));
    world.rooms().put("knock", ours);
    Person accepted = world.person("erin");
    Person rejected = world.person("frank");
    Person retracted = world.person("mallory");
    Person waiting = world.person("heidi");
    for (Person person : List.of(accepted, rejected, retracted, waiting)) {
      setMembership(person, ours, person, "knock");
    }
    judy.invite(ours, accepted);
    accepted.join(ours);
    setMembership(judy, ours, rejected, "leave");
    setMembership(retracted, ours, retracted, "leave");
    world.events().put("knock.msg", accepted.say(ours, world.word()));

    Person pete = world.peerPerson("pete");
    Person pia = world.peerPerson("pia");
    Person paula = world.peerPerson("paula");
    String theirs = pete.createRoom(knockRoom(world, "Knock there "));
    world.rooms().put("peerknock", theirs);
    pete.invite(theirs, judy);
    Eventually.isTrue(
        "judy is invited", () -> judy.syncFromNothing().at("/rooms/invite").has(theirs));
    judy.join(theirs, world.peer().serverName());
    knock(paula, theirs);
    paula.leave(theirs);
    knock(paula, theirs);
    pete.kick(theirs, paula);
    knock(paula, theirs);
    pete.invite(theirs, paula);
    paula.join(theirs);
    knock(pia, theirs);
    judy.awaitEvent(theirs, pete.say(theirs, world.word()));
    assertThat(membership(judy, theirs, pia)).isEqualTo("knock");
  }

  private static Map<String, Object> knockRoom(World world, String name) {
    return Map.of(
        "preset",
        "private_chat",
        "name",
        name + world.word(),
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
                Map.of("join_rule", "knock"))));
  }

  private static void setMembership(Person sender, String room, Person person, String membership) {
    sender.setState(
        room,
        "m.room.member",
        person.userId(),
        Map.of("membership", membership, "reason", "a reason to " + membership));
  }

  private static void knock(Person person, String room, String... via) {
    person
        .client()
        .send(
            "POST",
            "/_matrix/client/v3",
            List.of("knock", room),
            Map.of("reason", "let me in"),
            via.length == 0 ? new String[0] : new String[] {"server_name", via[0], "via", via[0]})
        .orFail();
  }

  private static String membership(Person reader, String room, Person member) {
    return reader
        .client()
        .get(List.of("rooms", room, "state", "m.room.member", member.userId()))
        .body()
        .path("membership")
        .asText();
  }

  @Override
  public void after(World world) {
    Person judy = world.person("judy");
    Person heidi = world.person("heidi");
    String ours = world.room("knock");
    assertThat(heidi.syncFromNothing().at("/rooms/knock").has(ours))
        .as("heidi is told that she still knocks")
        .isTrue();
    for (String turnedAway : List.of("frank", "mallory")) {
      assertThat(world.person(turnedAway).client().post(List.of("join", ours), Map.of()).status())
          .as("%s, who was not let in, joins", turnedAway)
          .isEqualTo(403);
    }
    judy.invite(ours, heidi);
    heidi.join(ours);
    assertThat(heidi.history(ours)).containsKey(world.event("knock.msg"));
    knock(world.person("mallory"), ours);
    assertThat(membership(judy, ours, world.person("mallory"))).isEqualTo("knock");

    Person pete = world.peerPerson("pete");
    Person pia = world.peerPerson("pia");
    String theirs = world.room("peerknock");
    assertThat(membership(judy, theirs, pia)).as("a knock at the peer").isEqualTo("knock");
    pete.invite(theirs, pia);
    pia.join(theirs);
    judy.awaitEvent(theirs, pia.say(theirs, world.word()));
    pia.awaitEvent(theirs, judy.say(theirs, world.word()));
    Person erin = world.person("erin");
    knock(erin, theirs, world.peer().serverName());
    Eventually.isTrue(
        "the peer knows that erin knocks", () -> membership(pete, theirs, erin).equals("knock"));
    pete.invite(theirs, erin);
    // Synapse builds a join wrongly as long as it has the invite only from /invite, not in the
    // room.
    Eventually.isTrue("erin is let in", () -> membership(judy, theirs, erin).equals("invite"));
    erin.join(theirs, world.peer().serverName());

    knock(pia, ours, world.home().serverName());
    Eventually.isTrue(
        "pia, who knocks, stands in the room", () -> membership(judy, ours, pia).equals("knock"));
    judy.invite(ours, pia);
    Eventually.isTrue("pia is let in", () -> pia.syncFromNothing().at("/rooms/invite").has(ours));
    pia.join(ours, world.home().serverName());
    judy.awaitEvent(ours, pia.say(ours, world.word()));
  }
}
