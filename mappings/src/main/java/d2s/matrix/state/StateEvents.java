package d2s.matrix.state;

import d2s.engine.extension.RowColumn.FlagColumn;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import d2s.matrix.collection.IntList;
import d2s.matrix.collection.LongList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The state events of one room.
 *
 * <p>Inside the hook an event is a number, given in ascending order of Dendrite's NIDs, and a
 * (type, state_key) pair is a number as well, called a slot. So a state is an array of ints, and
 * what sorts by NID sorts by number.
 */
final class StateEvents {

  static final RowShape STATE = RowShape.of("state");
  private static final TextColumn TARGET_ID = STATE.text("event_id");
  private static final TextColumn TYPE = STATE.text("type");
  private static final TextColumn STATE_KEY = STATE.text("state_key");
  private static final TextColumn MEMBERSHIP = STATE.text("membership");
  private static final IntegerColumn STREAM_ORDERING = STATE.integer("stream_ordering");
  private static final TextColumn SENDER = STATE.text("sender");

  static final RowShape STATE_EVENTS = RowShape.of("state_events");
  private static final IntegerColumn EVENT_NID = STATE_EVENTS.integer("event_nid");
  private static final TextColumn SOURCE_ID = STATE_EVENTS.text("event_id");
  private static final IntegerColumn SNAPSHOT_NID = STATE_EVENTS.integer("state_snapshot_nid");
  private static final FlagColumn REJECTED = STATE_EVENTS.flag("rejected");
  private static final FlagColumn OUTLIER = STATE_EVENTS.flag("outlier");

  /** Stands for "no event". */
  static final int NONE = -1;

  private final String serverName;

  // By row: what the target has, in the order in which it was read.
  private final EventIds ids = new EventIds();
  private final IntList slots = new IntList();
  private final LongList streamOrderings = new LongList();
  private final List<String> memberships = new ArrayList<>();
  private final List<String> senders = new ArrayList<>();
  private int[] events;

  // By slot.
  private final Map<StateKey, Integer> slotsByKey = new HashMap<>();
  private final List<StateKey> keys = new ArrayList<>();
  private final List<Boolean> localMembers = new ArrayList<>();

  // By event: what the source knows.
  private final LongList nids = new LongList();
  private final IntList rows = new IntList();
  private final LongList snapshots = new LongList();
  private final List<Boolean> rejected = new ArrayList<>();
  private final List<Boolean> outliers = new ArrayList<>();

  // Texts that repeat: types, memberships.
  private final Map<String, String> texts = new HashMap<>();

  StateEvents(String serverName) {
    this.serverName = serverName;
  }

  /** Reads relation {@code state}. */
  void readTarget(Rows row) {
    while (row.next()) {
      ids.add(row.get(TARGET_ID));
      int slot = slot(new StateKey(shared(row.get(TYPE)), row.get(STATE_KEY)));
      slots.add(slot);
      memberships.add(shared(row.get(MEMBERSHIP)));
      streamOrderings.add(row.get(STREAM_ORDERING));
      senders.add(localMembers.get(slot) ? row.get(SENDER) : null);
    }
    events = new int[ids.size()];
    Arrays.fill(events, NONE);
  }

  /** Reads relation {@code state_events}, after the target. */
  void readSource(Rows row) {
    while (row.next()) {
      long nid = row.get(EVENT_NID);
      int target = ids.find(row.get(SOURCE_ID));
      if (target < 0) {
        continue; // not a state event, or one that could not be carried
      }
      if (nids.size() > 0 && nids.get(nids.size() - 1) >= nid) {
        throw new IllegalStateException(
            "relation state_events: event_nid " + nid + " does not ascend; order it by event_nid");
      }
      events[target] = nids.size();
      nids.add(nid);
      rows.add(target);
      snapshots.add(row.get(SNAPSHOT_NID));
      rejected.add(row.get(REJECTED));
      outliers.add(row.get(OUTLIER));
    }
  }

  private int slot(StateKey key) {
    Integer known = slotsByKey.putIfAbsent(key, keys.size());
    if (known != null) {
      return known;
    }
    keys.add(key);
    localMembers.add(key.isMemberOf(serverName));
    return keys.size() - 1;
  }

  private String shared(String text) {
    return text == null ? null : texts.computeIfAbsent(text, t -> t);
  }

  int count() {
    return nids.size();
  }

  int slotCount() {
    return keys.size();
  }

  /** The event with an ID, or {@link #NONE}. */
  int byId(String id) {
    int row = ids.find(id);
    return row < 0 ? NONE : events[row];
  }

  /** The event with a NID, or {@link #NONE}. */
  int byNid(long nid) {
    int place = place(nid, 0);
    return place < nids.size() && nids.get(place) == nid ? place : NONE;
  }

  /**
   * The number of the first event from {@code from} on whose NID is not below the given one. Cheap
   * when it is near {@code from}, as it is for the next NID of a long block.
   */
  int place(long nid, int from) {
    if (from < nids.size() && nids.get(from) >= nid) {
      return from;
    }
    int low = from;
    int step = 1;
    while (low + step <= nids.size() && nids.get(low + step - 1) < nid) {
      low += step;
      step *= 2;
    }
    int high = Math.min(nids.size(), low + step - 1);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (nids.get(middle) < nid) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  long nid(int event) {
    return nids.get(event);
  }

  String id(int event) {
    return ids.get(rows.get(event));
  }

  int slot(int event) {
    return slots.get(rows.get(event));
  }

  /** The snapshot NID of the state before the event. */
  long snapshot(int event) {
    return snapshots.get(event);
  }

  /**
   * Whether the event stands in the timeline and was not rejected, so that it changed the state.
   */
  boolean isAccepted(int event) {
    return !rejected.get(event) && !outliers.get(event);
  }

  boolean isRejected(int event) {
    return rejected.get(event);
  }

  /** Whether the room has a create event that may be used. */
  boolean hasCreate() {
    for (int event = 0; event < count(); event++) {
      if (isCreate(event) && !isRejected(event)) {
        return true;
      }
    }
    return false;
  }

  boolean isCreate(int event) {
    return key(slot(event)).equals(StateKey.CREATE);
  }

  long streamOrdering(int event) {
    return streamOrderings.get(rows.get(event));
  }

  /** Null for events that are not member events. */
  String membership(int event) {
    return memberships.get(rows.get(event));
  }

  /** Known for member events of local users only. */
  String sender(int event) {
    return senders.get(rows.get(event));
  }

  StateKey key(int slot) {
    return keys.get(slot);
  }

  boolean isLocalMember(int slot) {
    return localMembers.get(slot);
  }

  boolean isJoin(int event) {
    return event != NONE && "join".equals(membership(event));
  }
}
