package d2s.generator.event;

import d2s.generator.table.Tables;
import java.util.ArrayList;
import java.util.List;

/** Writes events as the room server and the sync component store them. */
public final class Events {
  private static final int SHARED = 2;

  private final World world;
  private final Tables tables;
  private String lastStored;

  public Events(World world) {
    this.world = world;
    this.tables = world.tables;
  }

  /** A new event after the newest ones of the room, sent to clients. */
  public Reference send(Room room, Draft draft) {
    Reference sent = send(room, draft, room.snapshot, false);
    previous(draft.previous(), sent.nid());
    room.extremities = List.of(sent);
    return sent;
  }

  /** The same for a message that will be redacted. */
  public void sendToBeRedacted(Room room, Draft draft) {
    Reference sent = send(room, draft, room.snapshot, true);
    previous(draft.previous(), sent.nid());
    room.extremities = List.of(sent);
  }

  /** Two events that do not know of each other; only the first may be a state event. */
  public void fork(Room room, Draft first, Draft second) {
    long before = room.snapshot;
    List<Reference> previous = room.extremities;
    boolean state = first.key() != null;
    Reference one = send(room, first.after(previous), before, false);
    Reference two = send(room, second.after(previous), before, false);
    for (Reference reference : previous) {
      tables
          .of("roomserver_previous_events")
          .row(reference.id(), new long[] {one.nid(), two.nid()});
    }
    room.extremities = List.of(one, two);
    if (state) {
      world.states.rewrite(room);
    }
  }

  /** The JSON of the event sent last. */
  public String lastStored() {
    return lastStored;
  }

  private Reference send(Room room, Draft draft, long before, boolean hold) {
    long depth = depth(draft.previous());
    long time = world.tick();
    Pdu pdu = Pdu.of(draft, room, depth, time, world.chance);
    long nid = store(room, draft, pdu, depth, before, true);
    long position = world.nextPosition();
    StateEvent replaced = null;
    StateEvent state = null;
    if (draft.key() != null) {
      state = stateEvent(draft, pdu, nid, position, depth);
      replaced = room.put(state);
      world.states.append(room, nid);
    }
    List<String> added = state == null ? null : List.of(pdu.id());
    Object[] output =
        output(
            room,
            draft,
            pdu,
            position,
            added,
            replaced == null ? null : List.of(replaced.id()),
            unsigned(draft, replaced),
            time);
    topology(room, pdu, depth, position);
    if (hold) {
      room.held = new Room.Held(pdu, draft.sender(), nid, output, draft);
    } else {
      lastStored = pdu.stored();
      tables.of("roomserver_event_json").row(nid, lastStored);
      tables.of("syncapi_output_room_events").row(output);
    }
    room.lastSent = nid;
    return new Reference(nid, pdu.id(), depth);
  }

  /** Redacts the message that waits for it. */
  public void redactHeld(Room room, String reason) {
    Room.Held held = room.held;
    room.held = null;
    String target = Json.quote(held.pdu().id());
    String content = "{\"reason\":" + Json.quote(reason) + ",\"redacts\":" + target + "}";
    Draft draft =
        new Draft(
            "m.room.redaction",
            null,
            held.sender(),
            content,
            room.version >= 11 ? "{\"redacts\":" + target + "}" : "{}",
            room.authOf(held.sender(), null, "m.room.redaction"),
            room.extremities,
            held.pdu().id(),
            null);
    long depth = depth(draft.previous());
    long time = world.tick();
    Pdu pdu = Pdu.of(draft, room, depth, time, world.chance);
    long nid = store(room, draft, pdu, depth, room.snapshot, true);
    tables.of("roomserver_event_json").row(nid, pdu.stored());
    long position = world.nextPosition();
    tables
        .of("syncapi_output_room_events")
        .row(output(room, draft, pdu, position, null, null, null, time));
    topology(room, pdu, depth, position);
    previous(draft.previous(), nid);
    tables.of("roomserver_redactions").row(pdu.id(), held.pdu().id(), true);
    tables.of("roomserver_event_json").row(held.nid(), held.pdu().storedRedacted(pdu, nid));
    held.output()[3] = held.pdu().headeredRedacted(room, draft, pdu, time);
    held.output()[6] = false;
    tables.of("syncapi_output_room_events").row(held.output());
    room.extremities = List.of(new Reference(nid, pdu.id(), depth));
    room.lastSent = nid;
  }

  /** Writes a message that waited for a redaction as it is. */
  public void release(Room room) {
    tables.of("roomserver_event_json").row(room.held.nid(), room.held.pdu().stored());
    tables.of("syncapi_output_room_events").row(room.held.output());
    room.held = null;
  }

  /** State that another server told about: known, but in nobody's timeline. */
  public Reference outlier(Room room, Draft draft, long time) {
    long depth = depth(draft.previous());
    Pdu pdu = Pdu.of(draft, room, depth, time, world.chance);
    long nid = store(room, draft, pdu, depth, 0, false);
    tables.of("roomserver_event_json").row(nid, pdu.stored());
    room.put(stateEvent(draft, pdu, nid, 0, depth));
    previous(draft.previous(), nid);
    return new Reference(nid, pdu.id(), depth);
  }

  /** An event that exists elsewhere and is not known here. */
  public Reference elsewhere(Room room, Draft draft, long time) {
    long depth = depth(draft.previous());
    return new Reference(0, Pdu.of(draft, room, depth, time, world.chance).id(), depth);
  }

  /**
   * An event that exists elsewhere and is stored later.
   *
   * @param reference without a number
   */
  public record Prepared(Draft draft, Pdu pdu, long time, Reference reference) {}

  public Prepared prepare(Room room, Draft draft, long time) {
    long depth = depth(draft.previous());
    Pdu pdu = Pdu.of(draft, room, depth, time, world.chance);
    return new Prepared(draft, pdu, time, new Reference(0, pdu.id(), depth));
  }

  /** A message from before the server joined, which another server was asked for later. */
  public void history(Room room, Prepared prepared, long snapshot) {
    Draft draft = prepared.draft();
    Pdu pdu = prepared.pdu();
    long depth = prepared.reference().depth();
    long nid = store(room, draft, pdu, depth, snapshot, false);
    tables.of("roomserver_event_json").row(nid, pdu.stored());
    long position = world.nextPosition();
    Object[] output =
        output(room, draft, pdu, position, List.of(), List.of(), null, prepared.time());
    output[11] = true;
    tables.of("syncapi_output_room_events").row(output);
    topology(room, pdu, depth, position);
    previous(draft.previous(), nid);
  }

  /** The join that brings a room here: after it the whole state is known. */
  public Reference joinElsewhere(Room room, Draft draft) {
    world.states.rewrite(room);
    room.snapshotBeforeJoin = room.snapshot;
    long depth = depth(draft.previous());
    long time = world.tick();
    Pdu pdu = Pdu.of(draft, room, depth, time, world.chance);
    long nid = store(room, draft, pdu, depth, room.snapshot, true);
    tables.of("roomserver_event_json").row(nid, pdu.stored());
    long position = world.nextPosition();
    room.joinPosition = position;
    room.joinDepth = depth;
    room.put(stateEvent(draft, pdu, nid, position, depth));
    List<String> added = new ArrayList<>();
    room.state.values().forEach(event -> added.add(event.id()));
    world.states.append(room, nid);
    tables
        .of("syncapi_output_room_events")
        .row(output(room, draft, pdu, position, added, null, null, time));
    topology(room, pdu, depth, position);
    previous(draft.previous(), nid);
    room.lastSent = nid;
    Reference join = new Reference(nid, pdu.id(), depth);
    room.extremities = List.of(join);
    return join;
  }

  private static StateEvent stateEvent(Draft draft, Pdu pdu, long nid, long position, long depth) {
    return new StateEvent(
        nid,
        pdu.id(),
        draft.type(),
        draft.key(),
        draft.sender().id,
        draft.content(),
        position,
        depth);
  }

  private long store(Room room, Draft draft, Pdu pdu, long depth, long snapshot, boolean sent) {
    long nid = ++world.lastEvent;
    long[] auth = new long[draft.auth().size()];
    for (int i = 0; i < auth.length; i++) {
      auth[i] = draft.auth().get(i).nid();
    }
    tables
        .of("roomserver_events")
        .row(
            nid,
            room.nid,
            world.type(draft.type()),
            draft.key() == null ? 0L : world.key(draft.key()),
            sent,
            snapshot,
            depth,
            pdu.id(),
            auth,
            false);
    return nid;
  }

  private Object[] output(
      Room room,
      Draft draft,
      Pdu pdu,
      long position,
      List<String> added,
      List<String> removed,
      String unsigned,
      long time) {
    boolean byClient = draft.key() == null && draft.sender().server.local();
    return new Object[] {
      position,
      pdu.id(),
      room.id,
      pdu.headered(room, unsigned),
      draft.type(),
      draft.sender().id,
      draft.content().contains("\"url\":\"mxc:"),
      added,
      removed,
      byClient && draft.redacts() == null ? (Object) draft.sender().session : null,
      byClient && draft.redacts() == null ? "m" + time + "." + position % 1000 : null,
      false,
      SHARED
    };
  }

  private void topology(Room room, Pdu pdu, long depth, long position) {
    tables.of("syncapi_output_room_events_topology").row(pdu.id(), depth, position, room.id);
  }

  private static String unsigned(Draft draft, StateEvent replaced) {
    if (draft.inviteState() != null || replaced == null) {
      return null;
    }
    return "{\"prev_content\":"
        + replaced.content()
        + ",\"prev_sender\":"
        + Json.quote(replaced.sender())
        + ",\"replaces_state\":"
        + Json.quote(replaced.id())
        + "}";
  }

  private void previous(List<Reference> references, long nid) {
    for (Reference reference : references) {
      tables.of("roomserver_previous_events").row(reference.id(), new long[] {nid});
    }
  }

  private static long depth(List<Reference> previous) {
    long depth = 0;
    for (Reference reference : previous) {
      depth = Math.max(depth, reference.depth());
    }
    return depth + 1;
  }
}
