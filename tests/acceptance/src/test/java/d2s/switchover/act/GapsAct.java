package d2s.switchover.act;

import d2s.switchover.client.Person;
import d2s.switchover.server.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who leaves a room on another server and comes back finds what was said meanwhile. */
public final class GapsAct implements Act {
  private static final int LONG = 12;

  private final List<String> missedByOurs = new ArrayList<>();
  private final List<String> missedByTheirs = new ArrayList<>();

  @Override
  public void before(World world) {
    Person ivan = world.person("ivan");
    Person pete = world.peerPerson("pete");
    String theirs = publicRoom(world, pete, "Their room with a gap ");
    world.rooms().put("theirgap", theirs);
    comeAndGo(world, pete, ivan, theirs, world.peer().serverName(), missedByOurs);
    String ours = publicRoom(world, ivan, "Our room with a gap ");
    world.rooms().put("ourgap", ours);
    comeAndGo(world, ivan, pete, ours, world.home().serverName(), missedByTheirs);
  }

  private static String publicRoom(World world, Person owner, String name) {
    return owner.createRoom(
        Map.of("preset", "public_chat", "name", name + world.word(), "room_version", "10"));
  }

  private static void comeAndGo(
      World world, Person owner, Person visitor, String room, String server, List<String> missed) {
    visitor.join(room, server);
    owner.awaitEvent(room, visitor.say(room, "I was here " + world.word()));
    visitor.leave(room);
    Eventually.isTrue(
        visitor + " is seen to leave",
        () ->
            owner
                .state(room, "m.room.member", visitor.userId())
                .path("membership")
                .asText()
                .equals("leave"));
    for (int i = 0; i < LONG; i++) {
      missed.add(owner.say(room, "in the gap " + i + " " + world.word()));
    }
    visitor.join(room, server);
    visitor.awaitEvent(room, owner.say(room, "welcome back " + world.word()));
  }

  @Override
  public void after(World world) {
    Person ivan = world.person("ivan");
    Person pete = world.peerPerson("pete");
    Eventually.isTrue(
        "ivan reads what was said at the peer while he was away",
        () -> ivan.history(world.room("theirgap")).keySet().containsAll(missedByOurs));
    Eventually.isTrue(
        "pete reads what was said here while he was away",
        () -> pete.history(world.room("ourgap")).keySet().containsAll(missedByTheirs));
    for (String room : List.of(world.room("theirgap"), world.room("ourgap"))) {
      pete.awaitEvent(room, ivan.say(room, world.word()));
      ivan.awaitEvent(room, pete.say(room, world.word()));
    }
  }
}
