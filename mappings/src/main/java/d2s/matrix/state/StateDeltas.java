package d2s.matrix.state;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowColumn.TextsColumn;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import d2s.matrix.collection.IntList;
import java.util.Arrays;

/**
 * Replays the changes of the current state of one room and emits them as Synapse's current state
 * delta stream has them.
 *
 * <p>When the last local user leaves a room, Synapse forgets its current state and says so with one
 * row without event for each entry; when a local user comes back, it learns the whole state anew.
 * Dendrite does neither, so both are made up here.
 */
final class StateDeltas {

  static final RowShape CHANGES = RowShape.of("changes");
  private static final IntegerColumn POSITION = CHANGES.integer("stream_id");
  private static final TextsColumn ADDED = CHANGES.texts("add_state_ids");
  private static final TextsColumn REMOVED = CHANGES.texts("remove_state_ids");

  static final RowShape DELTA = RowShape.of("delta");
  private static final IntegerColumn STREAM_ID = DELTA.integer("stream_id");
  private static final TextColumn ROOM_ID = DELTA.text("room_id");
  private static final TextColumn TYPE = DELTA.text("type");
  private static final TextColumn STATE_KEY = DELTA.text("state_key");
  private static final TextColumn EVENT_ID = DELTA.text("event_id");
  private static final TextColumn PREVIOUS_EVENT_ID = DELTA.text("prev_event_id");

  private final String room;
  private final StateEvents events;
  private final StateDefects defects;
  private final Emitter out;

  /** The current state that Dendrite has after the changes read so far. */
  private final int[] real;

  /** The current state that a reader of the emitted rows has. */
  private final int[] told;

  /** The slots whose rows of the present position are not written yet. */
  private final IntList untold = new IntList();

  /** By slot: what a reader had before the present position, for the slots that are not written. */
  private final int[] before;

  private final boolean[] waits;
  private final IntList touched = new IntList();
  private int joined;
  private boolean away;
  private long position;

  StateDeltas(String room, StateEvents events, StateDefects defects, Emitter out) {
    this.room = room;
    this.events = events;
    this.defects = defects;
    this.out = out;
    real = new int[events.slotCount()];
    told = new int[events.slotCount()];
    before = new int[events.slotCount()];
    waits = new boolean[events.slotCount()];
    Arrays.fill(real, StateEvents.NONE);
    Arrays.fill(told, StateEvents.NONE);
  }

  /**
   * Reads relation {@code changes}.
   *
   * @param current the current state by slot, to which the rows lead in the end; null if no local
   *     user is in the room
   */
  void write(Rows changes, int[] current) {
    boolean any = false;
    while (changes.next()) {
      any = true;
      writeRows();
      position = changes.get(POSITION);
      if (apply(changes.get(ADDED), changes.get(REMOVED))) {
        followLocalUsers();
      }
      if (!away) {
        for (int i = 0; i < touched.size(); i++) {
          tell(touched.get(i), real[touched.get(i)]);
        }
      }
      touched.shrink(0);
    }
    if (any) {
      finish(current);
      writeRows();
    }
  }

  /** True if the membership of a local user changed. */
  private boolean apply(String[] added, String[] removed) {
    boolean local = false;
    if (removed != null) {
      for (String id : removed) {
        int event = find(id);
        if (event != StateEvents.NONE && real[events.slot(event)] == event) {
          local |= change(events.slot(event), StateEvents.NONE);
        }
      }
    }
    if (added != null) {
      for (String id : added) {
        int event = find(id);
        if (event != StateEvents.NONE) {
          local |= change(events.slot(event), event);
        }
      }
    }
    return local;
  }

  private int find(String id) {
    int event = events.byId(id);
    if (event == StateEvents.NONE) {
      defects.add(StateDefects.Kind.CHANGE_MISSING, id);
    }
    return event;
  }

  private boolean change(int slot, int event) {
    boolean local = events.isLocalMember(slot);
    if (local) {
      joined += (events.isJoin(event) ? 1 : 0) - (events.isJoin(real[slot]) ? 1 : 0);
    }
    real[slot] = event;
    touched.add(slot);
    return local;
  }

  private void followLocalUsers() {
    if (joined == 0) {
      away = true;
      for (int slot = 0; slot < told.length; slot++) {
        tell(slot, StateEvents.NONE);
      }
    } else if (away) {
      away = false;
      for (int slot = 0; slot < told.length; slot++) {
        tell(slot, real[slot]);
      }
    }
  }

  private void finish(int[] current) {
    for (int slot = 0; slot < told.length; slot++) {
      int last = current == null ? StateEvents.NONE : current[slot];
      if (told[slot] != last) {
        if (current != null) {
          defects.add(StateDefects.Kind.CHANGES_INCOMPLETE, name(slot, last));
        }
        tell(slot, last);
      }
    }
  }

  private String name(int slot, int event) {
    return event == StateEvents.NONE ? events.id(told[slot]) : events.id(event);
  }

  /** Rows of one position have no order, so that each slot may have one only. */
  private void tell(int slot, int event) {
    if (told[slot] != event) {
      if (!waits[slot]) {
        waits[slot] = true;
        before[slot] = told[slot];
        untold.add(slot);
      }
      told[slot] = event;
    }
  }

  private void writeRows() {
    for (int i = 0; i < untold.size(); i++) {
      int slot = untold.get(i);
      waits[slot] = false;
      if (told[slot] != before[slot]) {
        StateKey key = events.key(slot);
        out.row(DELTA)
            .set(STREAM_ID, position)
            .set(ROOM_ID, room)
            .set(TYPE, key.type())
            .set(STATE_KEY, key.key())
            .set(EVENT_ID, idOrNull(told[slot]))
            .set(PREVIOUS_EVENT_ID, idOrNull(before[slot]))
            .emit();
      }
    }
    untold.shrink(0);
  }

  private String idOrNull(int event) {
    return event == StateEvents.NONE ? null : events.id(event);
  }
}
