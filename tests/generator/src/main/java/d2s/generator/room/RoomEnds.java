package d2s.generator.room;

import d2s.generator.account.Accounts;
import d2s.generator.event.Member;
import d2s.generator.event.Person;
import d2s.generator.event.Reference;
import d2s.generator.event.Room;
import d2s.generator.event.StateEvent;
import d2s.generator.event.World;
import d2s.generator.table.Schema;
import d2s.generator.table.Tables;

/** What is known of each room once everything in it has happened. */
public final class RoomEnds {
  private final World world;
  private final Tables tables;
  private long lastCount;

  public RoomEnds(World world) {
    this.world = world;
    this.tables = world.tables;
  }

  public long lastCount() {
    return lastCount;
  }

  public void write(Room room, Accounts accounts) {
    tables
        .of("roomserver_rooms")
        .row(
            room.nid,
            room.id,
            room.extremities.stream().mapToLong(Reference::nid).sorted().toArray(),
            room.lastSent,
            room.snapshot,
            "" + room.version);
    for (StateEvent event : room.state.values()) {
      tables
          .of(Schema.CURRENT_STATE)
          .row(
              event.id(),
              event.nid(),
              room.id,
              "" + room.version,
              event.type(),
              event.key(),
              event.sender(),
              membership(room, event),
              event.position() == 0 ? room.joinPosition : event.position());
    }
    String last = room.extremities.get(0).id();
    room.members.values().forEach(member -> write(room, member, last));
    accounts.roomData(room, last);
  }

  private static String membership(Room room, StateEvent event) {
    if (!event.type().equals("m.room.member")) {
      return null;
    }
    String mark = "\"membership\":\"";
    int start = event.content().lastIndexOf(mark) + mark.length();
    return event.content().substring(start, event.content().indexOf('"', start));
  }

  private void write(Room room, Member member, String last) {
    Person person = member.person;
    StateEvent event = member.event;
    tables
        .of("roomserver_membership")
        .row(
            room.nid,
            world.key(person.id),
            world.key(event.sender()),
            member.nid(),
            event.nid(),
            person.server.local(),
            member.membership.equals("leave") && world.chance.of(0.1));
    if (member.membership.equals("join")) {
      tables.of("federationsender_joined_hosts").row(room.id, event.id(), person.server.name());
    }
    for (int i = 0; i < Member.VALUES.length; i++) {
      StateEvent then = member.lastOf(i);
      if (then != null) {
        boolean with = then.position() == 0;
        tables
            .of("syncapi_memberships")
            .row(
                room.id,
                person.id,
                Member.VALUES[i],
                then.id(),
                with ? room.joinPosition : then.position(),
                with ? room.joinDepth : then.depth());
      }
    }
    if (person.server.local() && member.membership.equals("join")) {
      reading(room, member, last);
    }
  }

  private void reading(Room room, Member member, String last) {
    Person person = member.person;
    boolean receipt = member.reads || world.chance.of(0.3);
    if (receipt) {
      // Who lets messages pile up has read nothing since the join.
      tables
          .of("syncapi_receipts")
          .row(
              ++world.lastReceipt,
              room.id,
              "m.read",
              person.id,
              member.reads ? last : member.event.id(),
              world.now());
    }
    if (member.unread > 0) {
      tables
          .of("syncapi_notification_data")
          .row(++lastCount, person.id, room.id, member.unread, 0L);
    }
  }
}
