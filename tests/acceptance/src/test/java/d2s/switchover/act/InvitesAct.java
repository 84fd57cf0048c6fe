package d2s.switchover.act;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.switchover.client.Person;
import d2s.switchover.server.Eventually;
import java.util.List;
import java.util.Map;

/**
 * Invites from server to server, both ways: accepted, declined, taken back, and still waiting at
 * the switch.
 */
public final class InvitesAct implements Act {
  private static final List<String> ENDS = List.of("accepted", "declined", "retracted", "waiting");

  @Override
  public void before(World world) {
    Person alice = world.person("alice");
    Person olivia = world.person("olivia");
    Person pete = world.peerPerson("pete");
    for (String end : ENDS) {
      String ours =
          alice.createRoom(
              Map.of("preset", "private_chat", "name", "To the peer, " + end + world.word()));
      world.rooms().put("topeer." + end, ours);
      alice.say(ours, world.word());
      alice.invite(ours, pete);
      awaitInvite(pete, ours);
      String theirs =
          pete.createRoom(
              Map.of("preset", "private_chat", "name", "From the peer, " + end + world.word()));
      world.rooms().put("frompeer." + end, theirs);
      pete.say(theirs, world.word());
      pete.invite(theirs, olivia);
      awaitInvite(olivia, theirs);
    }
    pete.join(world.room("topeer.accepted"), world.home().serverName());
    pete.leave(world.room("topeer.declined"));
    olivia.join(world.room("frompeer.accepted"), world.peer().serverName());
    olivia.leave(world.room("frompeer.declined"));
    // Dendrite does not tell the peer, where the invite stays.
    alice.kick(world.room("topeer.retracted"), pete);
    pete.kick(world.room("frompeer.retracted"), olivia);
    String ours = world.room("topeer.accepted");
    alice.awaitEvent(ours, pete.say(ours, world.word()));
    String theirs = world.room("frompeer.accepted");
    pete.awaitEvent(theirs, olivia.say(theirs, world.word()));
    Eventually.isTrue(
        "the home server knows that its invite was declined",
        () -> membership(alice, world.room("topeer.declined"), pete).equals("leave"));
  }

  @Override
  public void after(World world) {
    Person alice = world.person("alice");
    Person olivia = world.person("olivia");
    Person pete = world.peerPerson("pete");
    String ours = world.room("topeer.waiting");
    String theirs = world.room("frompeer.waiting");
    awaitInvite(olivia, theirs);
    assertThat(olivia.syncFromNothing().at("/rooms/invite").has(world.room("frompeer.declined")))
        .as("the declined invite is back")
        .isFalse();
    pete.join(ours, world.home().serverName());
    olivia.join(theirs, world.peer().serverName());
    alice.awaitEvent(ours, pete.say(ours, world.word()));
    pete.awaitEvent(theirs, olivia.say(theirs, world.word()));

    String newOurs = alice.createRoom(Map.of("preset", "private_chat"));
    alice.invite(newOurs, pete);
    awaitInvite(pete, newOurs);
    String newTheirs = pete.createRoom(Map.of("preset", "private_chat"));
    pete.invite(newTheirs, olivia);
    awaitInvite(olivia, newTheirs);
    pete.leave(newOurs);
    olivia.leave(newTheirs);
  }

  private static void awaitInvite(Person guest, String room) {
    Eventually.isTrue(
        guest + " is invited", () -> guest.syncFromNothing().at("/rooms/invite").has(room));
  }

  private static String membership(Person reader, String room, Person member) {
    return reader.state(room, "m.room.member", member.userId()).path("membership").asText();
  }
}
