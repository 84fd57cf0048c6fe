package d2s.generator.room;

import d2s.generator.event.Events;
import d2s.generator.event.Person;
import d2s.generator.event.Room;
import d2s.generator.event.StateContent;
import d2s.generator.event.World;
import d2s.generator.random.Chance;

/** Rooms that users of this server make. */
public final class LocalRooms {
  private static final int[] USUAL_VERSIONS = {6, 9, 9, 10, 10, 10, 10, 11};
  private static final int VERSIONS = 11;

  private final World world;
  private final Events events;
  private final Memberships memberships;

  public LocalRooms(World world, Events events, Memberships memberships) {
    this.world = world;
    this.events = events;
    this.memberships = memberships;
  }

  /** A new room with some people in it. The first eleven have one version each. */
  public Room create() {
    Chance chance = world.chance;
    long nid = ++world.lastRoom;
    int version = nid <= VERSIONS ? (int) nid : USUAL_VERSIONS[chance.below(USUAL_VERSIONS.length)];
    boolean isPublic = chance.of(0.2);
    boolean encrypted = !isPublic && chance.of(0.6);
    Person creator = nid <= VERSIONS ? world.people.get(0) : world.anybody();
    Room room =
        new Room(
            nid,
            "!" + chance.letters(16) + ":" + World.SERVER_NAME,
            version,
            creator,
            isPublic,
            encrypted,
            false);
    room.snapshot = world.states.empty();
    events.send(room, StateContent.create(creator, version).by(creator, room));
    memberships.join(room, creator);
    room.members.get(creator).reads = true;
    events.send(room, StateContent.powerLevels(creator, version).by(creator, room));
    events.send(room, StateContent.joinRules(isPublic).by(creator, room));
    events.send(room, StateContent.historyVisibility().by(creator, room));
    if (!isPublic) {
      events.send(room, StateContent.guestAccess().by(creator, room));
    }
    if (encrypted) {
      events.send(room, StateContent.encryption().by(creator, room));
    }
    if (isPublic || chance.of(0.6)) {
      room.name = "Room " + nid;
      events.send(room, StateContent.name(room.name).by(creator, room));
    }
    if (isPublic) {
      String alias = "#room" + nid + ":" + World.SERVER_NAME;
      events.send(room, StateContent.alias(alias).by(creator, room));
      world.tables.of("roomserver_room_aliases").row(alias, room.id, creator.id);
      if (chance.of(0.5)) {
        world.tables.of("roomserver_published").row(room.id, "", "", true);
      }
    }
    people(room, isPublic ? chance.around(6, 1.0) : chance.around(2, 0.6));
    world.rooms.add(room);
    return room;
  }

  private void people(Room room, int wanted) {
    int count = Math.min(wanted, Math.min(200, world.people.size() / 2));
    for (int i = 0; i < count; i++) {
      Person person = world.anybody();
      if (room.members.containsKey(person)) {
        continue;
      }
      if (room.isPublic) {
        memberships.join(room, person);
      } else {
        memberships.invite(room, room.creator, person, world.chance.of(0.95));
      }
    }
  }
}
