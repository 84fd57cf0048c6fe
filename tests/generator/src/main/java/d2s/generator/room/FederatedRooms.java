package d2s.generator.room;

import d2s.generator.event.Draft;
import d2s.generator.event.Events;
import d2s.generator.event.Json;
import d2s.generator.event.Person;
import d2s.generator.event.Reference;
import d2s.generator.event.Room;
import d2s.generator.event.Server;
import d2s.generator.event.StateContent;
import d2s.generator.event.World;
import d2s.generator.random.Chance;
import java.util.ArrayList;
import java.util.List;

/** Rooms of other servers that somebody of this server joined: their state comes in one piece. */
public final class FederatedRooms {
  private static final int[] VERSIONS = {6, 9, 10, 10, 10, 11};
  private static final int FAR_DEVICES = 500;
  private static final long DAY = 86_400_000L;

  private final World world;
  private final Events events;
  private final Memberships memberships;
  private int lastRemote;

  public FederatedRooms(World world, Events events, Memberships memberships) {
    this.world = world;
    this.events = events;
    this.memberships = memberships;
  }

  /**
   * Joins a room.
   *
   * @param members how many people of other servers are in it
   * @param history how many messages before the join are fetched later
   * @param locals how many people of this server join
   */
  public Room join(int members, int history, int locals) {
    Chance chance = world.chance;
    long nid = ++world.lastRoom;
    int version = VERSIONS[chance.below(VERSIONS.length)];
    Person creator = stranger();
    Room room =
        new Room(
            nid,
            "!" + chance.letters(18) + ":" + creator.server.name(),
            version,
            creator,
            true,
            false,
            true);
    room.name = "Far " + nid;
    long time = Math.max(World.START, world.now() - 30 * DAY);
    state(room, StateContent.create(creator, version).by(creator, room), time);
    member(room, creator, time + 1);
    state(room, StateContent.powerLevels(creator, version).by(creator, room), time + 2);
    state(room, StateContent.joinRules(true).by(creator, room), time + 3);
    state(room, StateContent.historyVisibility().by(creator, room), time + 4);
    state(room, StateContent.name(room.name).by(creator, room), time + 5);
    time += 6;
    for (int i = 1; i < members; i++) {
      member(room, stranger(), time++);
    }
    Reference unknown = events.elsewhere(room, message(room, creator), time);
    return complete(room, unknown, history, time + 1, locals);
  }

  private Room complete(Room room, Reference unknown, int messages, long time, int locals) {
    Chance chance = world.chance;
    Person first = newcomer(room);
    // The messages before the join come first in the graph, but get their numbers when fetched.
    List<Events.Prepared> history = new ArrayList<>();
    Reference last = unknown;
    for (int i = 0; i < messages; i++) {
      Draft message = message(room, chance.oneOf(room.joined)).after(List.of(last));
      Events.Prepared prepared = events.prepare(room, message, time + i);
      history.add(prepared);
      last = prepared.reference();
    }
    room.extremities = List.of(last);
    Draft draft =
        StateContent.member(first, "join", first.displayName).by(first, first, "join", room, null);
    Reference join = events.joinElsewhere(room, draft);
    long snapshot = room.snapshotBeforeJoin;
    room.become(first, "join", room.member(first));
    room.members.get(first).reads = chance.of(0.6);
    String earliest = join.id();
    for (Events.Prepared prepared : history) {
      events.history(room, prepared, snapshot);
    }
    if (!history.isEmpty()) {
      earliest = history.get(0).reference().id();
    }
    world.tables.of("syncapi_backward_extremities").row(room.id, earliest, unknown.id());
    for (int i = 1; i < locals; i++) {
      Person person = newcomer(room);
      if (person != null) {
        memberships.join(room, person);
      }
    }
    world.rooms.add(room);
    return room;
  }

  /** A user of another server that nobody here has met. */
  Person stranger() {
    Server server = world.peers.get(world.chance.below(world.peers.size()));
    int number = ++lastRemote;
    Person person =
        new Person(
            "far" + number,
            server,
            "Far " + number + " " + world.words.word(),
            "",
            number,
            0,
            "FAR" + number,
            world.chance.key("far curve", number),
            number <= FAR_DEVICES);
    if (person.encrypts) {
      world.farDevices.add(person);
    }
    return person;
  }

  private Person newcomer(Room room) {
    for (int i = 0; i < 20; i++) {
      Person person = world.anybody();
      if (!room.members.containsKey(person)) {
        return person;
      }
    }
    return null;
  }

  private Draft message(Room room, Person sender) {
    return Draft.message(
        "m.room.message",
        sender,
        "{\"body\":"
            + Json.quote(world.words.sentence(world.chance.around(9, 0.9)))
            + ",\"msgtype\":\"m.text\"}",
        room);
  }

  private void state(Room room, Draft draft, long time) {
    room.extremities = List.of(events.outlier(room, draft, time));
  }

  private void member(Room room, Person person, long time) {
    state(
        room,
        StateContent.member(person, "join", person.displayName)
            .by(person, person, "join", room, null),
        time);
    room.become(person, "join", room.member(person));
  }
}
