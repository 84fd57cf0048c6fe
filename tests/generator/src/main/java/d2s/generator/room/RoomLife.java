package d2s.generator.room;

import d2s.generator.event.Draft;
import d2s.generator.event.Events;
import d2s.generator.event.Member;
import d2s.generator.event.Person;
import d2s.generator.event.Reference;
import d2s.generator.event.Room;
import d2s.generator.event.StateContent;
import d2s.generator.event.World;
import d2s.generator.random.Chance;
import java.util.List;

/** What happens in rooms after they were made, one step at a time. */
public final class RoomLife {
  /** People in one room of whom somebody is told of each message. */
  private static final int MOST_NOTIFIED = 50;

  private final World world;
  private final Chance chance;
  private final Events events;
  private final Memberships memberships;
  private final FederatedRooms federation;
  private final Messages messages;

  public RoomLife(World world, Events events, Memberships memberships, FederatedRooms federation) {
    this.world = world;
    this.chance = world.chance;
    this.events = events;
    this.memberships = memberships;
    this.federation = federation;
    messages = new Messages(world);
  }

  public void step(Room room) {
    if (room.held != null && chance.of(0.4)) {
      events.redactHeld(room, chance.of(0.5) ? "" : world.words.sentence(3));
      return;
    }
    double kind = chance.fraction();
    if (kind < 0.012) {
      fork(room);
    } else if (kind < 0.03) {
      events.send(room, topic(room));
    } else if (kind < 0.055) {
      changeMember(room);
    } else {
      talk(room);
    }
  }

  /** One more change of the members of the big room, by people of other servers. */
  public void changeFarMember(Room room) {
    double kind = chance.fraction();
    Person somebody = chance.oneOf(room.joined);
    if (kind < 0.4 || somebody == room.creator || somebody.server.local()) {
      memberships.join(room, federation.stranger());
    } else if (kind < 0.7) {
      memberships.rename(room, somebody);
    } else {
      memberships.leave(room, somebody);
    }
  }

  private Draft topic(Room room) {
    return StateContent.topic(world.words.sentence(5)).by(room.creator, room);
  }

  private void fork(Room room) {
    Draft first =
        chance.of(0.5) ? topic(room) : messages.regretted(room, chance.oneOf(room.joined));
    Draft second = messages.regretted(room, chance.oneOf(room.joined));
    events.fork(room, first, second);
  }

  private void talk(Room room) {
    Person sender = chance.oneOf(room.joined);
    if (room.encrypted && !sender.encrypts) {
      sender = room.creator;
    }
    if (room.held == null && chance.of(0.025)) {
      events.sendToBeRedacted(room, messages.regretted(room, sender));
      return;
    }
    Draft draft = messages.any(room, sender);
    Reference sent = events.send(room, draft);
    messages.relate(room, draft, sent);
    if (!draft.type().equals("m.reaction")) {
      room.remember(sent);
      if (world.isRecent()) {
        notifyOthers(room, draft, sent);
      }
    }
  }

  private void notifyOthers(Room room, Draft draft, Reference sent) {
    int told = 0;
    for (Person person : room.localJoined) {
      if (person == draft.sender() || told == MOST_NOTIFIED) {
        continue;
      }
      told++;
      Member member = room.members.get(person);
      if (!member.reads) {
        member.unread++;
      }
      world
          .tables
          .of("userapi_notifications")
          .row(
              ++world.lastNotification,
              person.localpart,
              World.SERVER_NAME,
              room.id,
              sent.id(),
              world.now(),
              world.now() + 20,
              false,
              "{\"actions\":[\"notify\"],\"event\":{\"content\":"
                  + draft.content()
                  + ",\"event_id\":\""
                  + sent.id()
                  + "\",\"origin_server_ts\":"
                  + world.now()
                  + ",\"sender\":\""
                  + draft.sender().id
                  + "\",\"type\":\""
                  + draft.type()
                  + "\"},\"profile_tag\":\"\",\"read\":false,\"room_id\":\"\",\"ts\":0}",
              member.reads);
    }
  }

  private void changeMember(Room room) {
    double kind = chance.fraction();
    Person somebody = chance.oneOf(room.joined);
    if (somebody == room.creator || kind < 0.45) {
      enter(room);
    } else if (kind < 0.7) {
      memberships.rename(room, somebody);
    } else if (kind < 0.93) {
      memberships.leave(room, somebody);
    } else {
      memberships.remove(room, somebody, chance.of(0.3));
    }
  }

  private void enter(Room room) {
    if (room.federated && chance.of(0.7)) {
      memberships.join(room, federation.stranger());
      return;
    }
    List<Person> people = world.people;
    for (int i = 0; i < 10; i++) {
      Person person = people.get(chance.below(people.size()));
      Member member = room.members.get(person);
      if (member != null && !member.membership.equals("leave")) {
        continue;
      }
      if (room.isPublic) {
        memberships.join(room, person);
      } else {
        memberships.invite(room, room.creator, person, chance.of(0.95));
      }
      return;
    }
    events.send(room, topic(room));
  }
}
