package d2s.matrix.state;

import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import d2s.matrix.collection.IntList;
import d2s.matrix.collection.LongIntMap;
import java.util.Arrays;

/**
 * What other tables of Dendrite know of the current state of one room, beside its snapshot: what
 * clients were shown ({@code syncapi_current_room_state}), and the last membership of each local
 * user ({@code roomserver_membership}). All three are the same where nothing is damaged, because
 * each change of the state is written to all.
 */
final class OtherTables {

  static final RowShape LAST_KNOWN = RowShape.of("last_known");
  private static final TextColumn SHOWN_EVENT = LAST_KNOWN.text("event_id");

  static final RowShape MEMBERS = RowShape.of("members");
  private static final IntegerColumn MEMBER_EVENT = MEMBERS.integer("event_nid");

  private final StateEvents events;
  private final StateDefects defects;

  /** By slot: the event that clients were shown. */
  private final int[] shown;

  private boolean anyShown;

  /** By NID: the events that the table of members names. */
  private final LongIntMap members = new LongIntMap();

  private final IntList memberEvents = new IntList();

  OtherTables(StateEvents events, StateDefects defects, Rows lastKnown, Rows memberships) {
    this.events = events;
    this.defects = defects;
    shown = new int[events.slotCount()];
    Arrays.fill(shown, StateEvents.NONE);
    while (lastKnown.next()) {
      int event = events.byId(lastKnown.get(SHOWN_EVENT));
      if (event != StateEvents.NONE && !events.isRejected(event)) {
        shown[events.slot(event)] = event;
        anyShown = true;
      }
    }
    while (memberships.next()) {
      int event = events.byNid(memberships.get(MEMBER_EVENT));
      if (event != StateEvents.NONE
          && !events.isRejected(event)
          && events.isLocalMember(events.slot(event))) {
        members.put(events.nid(event), event);
        memberEvents.add(event);
      }
    }
  }

  /** The state that clients were shown, by slot; null if there is none. */
  int[] shownState() {
    return anyShown ? shown.clone() : null;
  }

  /**
   * Puts into a current state what it has lost.
   *
   * <p>A membership counts as two tables of the three have it. Of any other entry there are two:
   * the newer one counts, for a snapshot that lost an event goes back to the one before it.
   *
   * @param current by slot; is changed
   * @return whether anything was put in
   */
  boolean repair(int[] current) {
    boolean repaired = false;
    for (int slot = 0; anyShown && slot < current.length; slot++) {
      int seen = shown[slot];
      if (seen == current[slot]) {
        continue;
      }
      if (seen != StateEvents.NONE && counts(seen, current[slot])) {
        defects.add(StateDefects.Kind.ENTRY_LOST, name(slot));
        current[slot] = seen;
        repaired = true;
      } else if (current[slot] != StateEvents.NONE && !events.isCreate(current[slot])) {
        defects.add(StateDefects.Kind.TABLES_DIFFER, name(slot));
      }
    }
    for (int i = 0; i < memberEvents.size(); i++) {
      int event = memberEvents.get(i);
      int slot = events.slot(event);
      if (current[slot] == StateEvents.NONE
          ? events.isJoin(event)
          : events.isJoin(event) != events.isJoin(current[slot])) {
        defects.add(StateDefects.Kind.TABLES_DIFFER, name(slot));
      }
    }
    return repaired;
  }

  private boolean counts(int seen, int current) {
    if (isMember(seen)) {
      return true;
    }
    return current == StateEvents.NONE || !isMember(current) && seen > current;
  }

  /** Whether the table of members names the event. */
  private boolean isMember(int event) {
    return members.get(events.nid(event)) >= 0;
  }

  /** A user for a membership, else a type of state. */
  private String name(int slot) {
    StateKey key = events.key(slot);
    return key.type().equals("m.room.member") ? key.key() : key.type();
  }
}
