package d2s.generator.room;

import d2s.generator.event.Draft;
import d2s.generator.event.Events;
import d2s.generator.event.Json;
import d2s.generator.event.Member;
import d2s.generator.event.Person;
import d2s.generator.event.Reference;
import d2s.generator.event.Room;
import d2s.generator.event.StateContent;
import d2s.generator.event.StateEvent;
import d2s.generator.event.World;

/** People enter rooms and leave them. */
public final class Memberships {
  private final World world;
  private final Events events;

  public Memberships(World world, Events events) {
    this.world = world;
    this.events = events;
  }

  void join(Room room, Person person) {
    change(room, person, person, "join", person.displayName);
    Member member = room.members.get(person);
    if (person.server.local()) {
      member.reads = world.chance.of(0.6);
    }
  }

  void rename(Room room, Person person) {
    change(room, person, person, "join", person.displayName + " " + world.words.word());
  }

  void leave(Room room, Person person) {
    change(room, person, person, "leave", null);
  }

  /** A kick or a ban by the creator of the room. */
  void remove(Room room, Person target, boolean forGood) {
    change(room, room.creator, target, forGood ? "ban" : "leave", null);
  }

  private void change(
      Room room, Person sender, Person target, String membership, String displayName) {
    events.send(
        room,
        StateContent.member(target, membership, displayName)
            .by(sender, target, membership, room, null));
    room.become(target, membership, room.member(target));
  }

  /** An invite by a member; the invited person answers it, or lets it wait. */
  void invite(Room room, Person sender, Person target, boolean answered) {
    Draft draft =
        StateContent.member(target, "invite", null)
            .by(sender, target, "invite", room, inviteState(room));
    Reference invite = events.send(room, draft);
    StateEvent event = room.member(target);
    room.become(target, "invite", event);
    String stored = events.lastStored();
    world
        .tables
        .of("roomserver_invites")
        .row(invite.id(), room.nid, world.key(target.id), world.key(sender.id), answered, stored);
    world
        .tables
        .of("syncapi_invite_events")
        .row(
            world.nextPosition(),
            invite.id(),
            room.id,
            target.id,
            stored.substring(0, stored.length() - 1)
                + ",\"_room_version\":\""
                + room.version
                + "\",\"_event_id\":"
                + Json.quote(invite.id())
                + "}",
            answered);
    if (answered) {
      join(room, target);
    }
  }

  private static String inviteState(Room room) {
    StringBuilder text = new StringBuilder("[");
    for (String type : new String[] {"m.room.create", "m.room.join_rules", "m.room.name"}) {
      StateEvent event = room.state(type, "");
      if (event != null) {
        text.append(text.length() > 1 ? "," : "")
            .append("{\"content\":")
            .append(event.content())
            .append(",\"sender\":")
            .append(Json.quote(event.sender()))
            .append(",\"state_key\":\"\",\"type\":\"")
            .append(type)
            .append("\"}");
      }
    }
    return text.append(']').toString();
  }
}
