package d2s.matrix.state;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.IntegersColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import d2s.matrix.collection.IntList;
import d2s.matrix.collection.LongIntMap;
import java.util.HashSet;
import java.util.Set;

/** Finds every state of one room and gives every event of the room its state group. */
final class StateHistory {

  static final RowShape SNAPSHOTS = RowShape.of("snapshots");
  private static final IntegerColumn SNAPSHOT_NID = SNAPSHOTS.integer("state_snapshot_nid");
  private static final IntegersColumn BLOCK_NIDS = SNAPSHOTS.integers("state_block_nids");

  static final RowShape EXTREMITIES = RowShape.of("extremities");
  private static final TextColumn EXTREMITY = EXTREMITIES.text("event_id");

  static final RowShape EVENTS = RowShape.of("events");
  private static final IntegerColumn EVENT_NID = EVENTS.integer("event_nid");
  private static final TextColumn EVENT_ID = EVENTS.text("event_id");
  private static final IntegerColumn SNAPSHOT_BEFORE = EVENTS.integer("state_snapshot_nid");

  static final RowShape EVENT_GROUP = RowShape.of("event_group");
  private static final TextColumn GROUPED_EVENT = EVENT_GROUP.text("event_id");
  private static final IntegerColumn GROUP_ID = EVENT_GROUP.integer("group_id");

  private final StateEvents events;
  private final StateBlocks blocks;
  private final StateDefects defects;
  private final Emitter out;
  private final WorkingState state;
  private final SnapshotWalk walk;
  private final StateGroupWriter writer;
  private final int create;

  /** By event: the group of the state after it; 0 if it has none of its own. */
  private final int[] groupsAfter;

  /** By event: the group of the first snapshot that holds it; 0 if none does. */
  private final int[] groupsHolding;

  /** By event: the next higher event with the same snapshot, or {@link StateEvents#NONE}. */
  private final int[] nextOfSnapshot;

  private final LongIntMap firstOfSnapshot = new LongIntMap();
  private final LongIntMap groupsOfSnapshots = new LongIntMap();
  private int[] neighbours;

  /** The group of the current state, if it was repaired; 0 if not. */
  private int repairedGroup;

  /** The events from which the room goes on, if the current state was repaired. */
  private final Set<String> repairedEvents = new HashSet<>();

  /**
   * @param base the id before the first group id to give out
   */
  StateHistory(
      String room,
      long base,
      StateEvents events,
      StateBlocks blocks,
      StateDefects defects,
      Emitter out) {
    this.events = events;
    this.blocks = blocks;
    this.defects = defects;
    this.out = out;
    create = onlyCreate();
    state = new WorkingState(events.slotCount());
    walk = new SnapshotWalk(state, events, blocks, create);
    writer = new StateGroupWriter(room, base, events, state, out);
    groupsAfter = new int[events.count()];
    groupsHolding = new int[events.count()];
    nextOfSnapshot = new int[events.count()];
    for (int event = events.count() - 1; event >= 0; event--) {
      nextOfSnapshot[event] = firstOfSnapshot.get(events.snapshot(event));
      firstOfSnapshot.put(events.snapshot(event), event);
    }
  }

  /**
   * The create event that stands in every state of the room but the one before itself. With
   * several, none is certain.
   */
  private int onlyCreate() {
    int found = StateEvents.NONE;
    for (int event = 0; event < events.count(); event++) {
      if (events.isCreate(event) && !events.isRejected(event)) {
        if (found != StateEvents.NONE) {
          return StateEvents.NONE;
        }
        found = event;
      }
    }
    return found;
  }

  /**
   * Reads relation {@code snapshots} and writes the groups of the room.
   *
   * @param currentSnapshot the snapshot NID of the current state, 0 if the room has none
   * @param extremitySnapshot the snapshot NID of the newest extremity, for when the other is
   *     missing
   * @param others for when both are missing, or have lost something
   * @param extremities relation {@code extremities}
   * @return the current state by slot, or null if there is none
   */
  int[] write(
      Rows snapshots,
      long currentSnapshot,
      long extremitySnapshot,
      OtherTables others,
      Rows extremities) {
    int[] current = read(snapshots, currentSnapshot, extremitySnapshot, others);
    if (current != null && others.repair(current)) {
      goOnFrom(current, extremities);
    }
    return current;
  }

  private int[] read(
      Rows snapshots, long currentSnapshot, long extremitySnapshot, OtherTables others) {
    for (int event = 0; event < events.count(); event++) {
      // The state before a create event is empty, whatever its snapshot NID says: the empty
      // snapshot is one row for the whole database, and dangles once some other room was purged.
      if (events.isCreate(event) && events.isAccepted(event)) {
        groupsAfter[event] = groupWith(event);
      }
    }
    int[] current = null;
    int[] atExtremity = null;
    int[] createOnly = null;
    while (snapshots.next()) {
      long nid = snapshots.get(SNAPSHOT_NID);
      if (snapshots.isNull(BLOCK_NIDS)) {
        continue; // the row is missing, which matters only if an event asks for it
      }
      long[] blockNids = snapshots.get(BLOCK_NIDS);
      walk.moveTo(present(blockNids, nid));
      if (create != StateEvents.NONE
          && !walk.namesCreate()
          && (blockNids.length > 0 || nid == currentSnapshot)) {
        defects.add(StateDefects.Kind.CREATE_MISSING, "snapshot NID " + nid);
      }
      groupsOfSnapshots.put(nid, groupOfSnapshot());
      int last = StateEvents.NONE;
      for (int event = firstOfSnapshot.get(nid);
          event != StateEvents.NONE;
          event = nextOfSnapshot[event]) {
        if (events.isAccepted(event) && !events.isCreate(event)) {
          groupsAfter[event] = groupWith(event);
          last = event;
        }
      }
      if (nid != currentSnapshot && nid != extremitySnapshot) {
        continue;
      }
      if (isNothing()) {
        createOnly = state.copy();
        continue;
      }
      if (nid == currentSnapshot) {
        current = state.copy();
      }
      if (nid == extremitySnapshot) {
        atExtremity = state.copy();
        if (last != StateEvents.NONE) {
          atExtremity[events.slot(last)] = last;
        }
      }
    }
    if (current != null) {
      return current;
    }
    int[] found = atExtremity == null ? others.shownState() : atExtremity;
    found = found == null ? createOnly : found;
    // A room in which nobody ever was has no state at all, and lacks nothing.
    if (found != null || currentSnapshot != 0) {
      defects.add(StateDefects.Kind.CURRENT_STATE_MISSING, "snapshot NID " + currentSnapshot);
    }
    return found;
  }

  /** Whether no block of the present snapshot names an event of the room. */
  private boolean isNothing() {
    return state.size() == (create == StateEvents.NONE ? 0 : 1) && !walk.namesCreate();
  }

  /**
   * Lets the room go on from a current state that was repaired: without this, the next event would
   * bring back the state of the snapshot.
   *
   * @param extremities relation {@code extremities}
   */
  private void goOnFrom(int[] current, Rows extremities) {
    for (int slot = 0; slot < current.length; slot++) {
      state.set(slot, current[slot]);
    }
    repairedGroup = writer.group(StateEvents.NONE);
    while (extremities.next()) {
      repairedEvents.add(extremities.get(EXTREMITY));
    }
  }

  /** The blocks of a snapshot that exist. */
  private int[] present(long[] blockNids, long snapshotNid) {
    IntList numbers = new IntList();
    boolean ascending = true;
    for (int i = 0; i < blockNids.length; i++) {
      ascending &= i == 0 || blockNids[i - 1] < blockNids[i];
      int number = blocks.number(blockNids[i]);
      if (number < 0) {
        defects.add(
            StateDefects.Kind.BLOCK_MISSING,
            "block NID " + blockNids[i] + " of snapshot NID " + snapshotNid);
      } else {
        numbers.add(number);
      }
    }
    if (!ascending) {
      defects.add(StateDefects.Kind.BLOCKS_OUT_OF_ORDER, "snapshot NID " + snapshotNid);
    }
    return numbers.toArray();
  }

  private int groupOfSnapshot() {
    int group = writer.group(StateEvents.NONE);
    IntList changed = state.changedSlots();
    for (int i = 0; i < changed.size(); i++) {
      int event = state.get(changed.get(i));
      if (event != StateEvents.NONE && groupsHolding[event] == 0) {
        groupsHolding[event] = group;
      }
    }
    return group;
  }

  /** The group of the present state with one more event. */
  private int groupWith(int event) {
    int slot = events.slot(event);
    int before = state.get(slot);
    state.set(slot, event);
    int group = writer.group(event);
    state.set(slot, before);
    return group;
  }

  /** Reads relation {@code events} and emits the group of each. */
  void assign(Rows rows) {
    while (rows.next()) {
      long nid = rows.get(EVENT_NID);
      String id = rows.get(EVENT_ID);
      int event = events.byNid(nid);
      int group =
          event != StateEvents.NONE && events.isAccepted(event)
              ? groupsAfter[event]
              : Math.max(0, groupsOfSnapshots.get(rows.get(SNAPSHOT_BEFORE)));
      if (group == 0) {
        defects.add(StateDefects.Kind.EVENT_WITHOUT_STATE, id);
        group = guess(event, nid);
      }
      if (repairedGroup != 0 && repairedEvents.contains(id)) {
        group = repairedGroup;
      }
      out.row(EVENT_GROUP).set(GROUPED_EVENT, id).set(GROUP_ID, writer.id(group)).emit();
    }
  }

  /**
   * A state for an event whose own is not known. For a state event, the first snapshot that holds
   * it comes nearest; for any other, the state after the state event that arrived before it.
   */
  private int guess(int event, long nid) {
    if (event != StateEvents.NONE && events.isAccepted(event) && groupsHolding[event] != 0) {
      return groupsHolding[event];
    }
    if (writer.count() == 0) {
      walk.moveTo(new int[0]);
      writer.group(StateEvents.NONE);
    }
    if (neighbours == null) {
      neighbours = new int[events.count()];
      int last = 1;
      for (int i = 0; i < neighbours.length; i++) {
        last = groupsAfter[i] != 0 ? groupsAfter[i] : last;
        neighbours[i] = last;
      }
    }
    int before = events.place(nid, 0) - 1;
    return before < 0 ? 1 : neighbours[before];
  }

  /** How many groups the room got. */
  int groups() {
    return writer.count();
  }
}
