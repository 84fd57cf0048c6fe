package d2s.matrix.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A room as Dendrite would store it, built event by event, and the naive answer to what the state
 * at each event is. Blocks and snapshots follow the rules that were seen in real databases: one
 * block a change on top of the blocks before, one block of everything when the list gets long or
 * when states are resolved; equal blocks and equal snapshots are stored once.
 */
final class SimulatedRoom {

  static final String SERVER = "here.test:8448";

  /** How an event stands to the timeline. */
  enum Kind {
    ACCEPTED,
    SOFT_FAILED,
    REJECTED,
    OUTLIER
  }

  record Event(
      long nid, String id, StateKey key, String membership, long snapshot, Kind kind, long stream) {

    boolean changesState() {
      return key != null && (kind == Kind.ACCEPTED || kind == Kind.SOFT_FAILED);
    }
  }

  record Change(long streamId, String[] added, String[] removed) {}

  final String id;
  final int longestList;
  final Map<Long, Event> events = new TreeMap<>();
  final Map<Long, long[]> blocks = new TreeMap<>();
  final Map<Long, long[]> snapshots = new TreeMap<>();
  final List<Change> changes = new ArrayList<>();
  long current;
  long extremitySnapshot;

  private final Map<List<Long>, Long> blockNids = new HashMap<>();
  private final Map<List<Long>, Long> snapshotNids = new HashMap<>();
  private long nextNid;
  private long streamId;

  SimulatedRoom(String id, int longestList) {
    this(id, longestList, 100);
  }

  SimulatedRoom(String id, int longestList, long firstNid) {
    this.id = id;
    this.longestList = longestList;
    nextNid = firstNid;
  }

  private long nid() {
    return nextNid += 1 + nextNid % 3;
  }

  /** Adds an event whose state before is the given snapshot; 0 for none. */
  Event add(StateKey key, String membership, long snapshot, Kind kind) {
    long nid = nid();
    long stream = ++streamId;
    Event event = new Event(nid, "$" + nid + ":" + id, key, membership, snapshot, kind, stream);
    events.put(nid, event);
    return event;
  }

  /** Lets an outlier become part of history, as back-filling does. */
  Event place(Event outlier, long snapshot) {
    Event placed =
        new Event(
            outlier.nid,
            outlier.id,
            outlier.key,
            outlier.membership,
            snapshot,
            Kind.ACCEPTED,
            outlier.stream);
    events.put(outlier.nid, placed);
    return placed;
  }

  long block(long... eventNids) {
    long[] sorted = Arrays.stream(eventNids).sorted().distinct().toArray();
    return blockNids.computeIfAbsent(
        Arrays.stream(sorted).boxed().toList(),
        list -> {
          long nid = nid();
          blocks.put(nid, sorted);
          return nid;
        });
  }

  long snapshot(long... blockList) {
    return snapshotNids.computeIfAbsent(
        Arrays.stream(blockList).boxed().toList(),
        list -> {
          long nid = nid();
          snapshots.put(nid, blockList.clone());
          return nid;
        });
  }

  /** The snapshot after an event, made as Dendrite makes it. */
  long after(long snapshot, Event event) {
    if (event.key == null) {
      return snapshot;
    }
    long[] list = snapshots.get(snapshot);
    if (list.length >= longestList) {
      Map<StateKey, Event> state = state(snapshot);
      state.put(event.key, event);
      return snapshotOf(state);
    }
    long[] longer = Arrays.copyOf(list, list.length + 1);
    longer[list.length] = block(event.nid);
    return snapshot(longer);
  }

  /** A snapshot of one block. */
  long snapshotOf(Map<StateKey, Event> state) {
    return snapshot(block(state.values().stream().mapToLong(Event::nid).toArray()));
  }

  /** Makes a snapshot current and tells the sync stream. */
  void makeCurrent(long snapshot) {
    Map<StateKey, Event> before = current == 0 ? Map.of() : state(current);
    Map<StateKey, Event> after = state(snapshot);
    TreeSet<String> added = new TreeSet<>();
    TreeSet<String> removed = new TreeSet<>();
    after.forEach((key, event) -> added.add(event.id));
    before.forEach((key, event) -> removed.add(event.id));
    before.forEach((key, event) -> added.remove(event.id));
    after.forEach((key, event) -> removed.remove(event.id));
    current = snapshot;
    if (!added.isEmpty() || !removed.isEmpty()) {
      changes.add(
          new Change(++streamId, added.toArray(String[]::new), removed.toArray(String[]::new)));
    }
  }

  /** What a snapshot says: the later block wins, inside a block the highest NID. */
  Map<StateKey, Event> state(long snapshot) {
    Map<StateKey, Event> state = new HashMap<>();
    for (long block : snapshots.get(snapshot)) {
      Map<StateKey, Event> highest = new HashMap<>();
      for (long nid : blocks.getOrDefault(block, new long[0])) {
        Event event = events.get(nid);
        if (event != null) {
          highest.merge(event.key, event, (a, b) -> a.nid > b.nid ? a : b);
        }
      }
      state.putAll(highest);
    }
    return state;
  }

  static Map<StateKey, String> ids(Map<StateKey, Event> state) {
    Map<StateKey, String> ids = new HashMap<>();
    state.forEach((key, event) -> ids.put(key, event.id));
    return ids;
  }

  /** The state that Synapse must have for an event, by its rules. */
  Map<StateKey, String> expected(Event event) {
    Map<StateKey, Event> state = new HashMap<>();
    boolean create = StateKey.CREATE.equals(event.key) && event.changesState();
    if (!create) {
      events.values().stream()
          .filter(e -> StateKey.CREATE.equals(e.key) && e.kind != Kind.REJECTED)
          .findFirst()
          .ifPresent(e -> state.put(StateKey.CREATE, e));
      state.putAll(state(event.snapshot));
    }
    if (event.changesState()) {
      state.put(event.key, event);
    }
    return ids(state);
  }

  /** The events that get a group. */
  List<Event> timeline() {
    return events.values().stream().filter(e -> e.kind != Kind.OUTLIER).toList();
  }

  MemoryGroup group() {
    MemoryGroup group = new MemoryGroup(id);
    group.put("room", rows(new Object[] {current, extremitySnapshot}));
    List<Object[]> target = new ArrayList<>();
    List<Object[]> source = new ArrayList<>();
    List<Object[]> timeline = new ArrayList<>();
    for (Event e : events.values()) {
      if (e.key != null) {
        target.add(
            new Object[] {e.id, e.key.type(), e.key.key(), e.membership, e.stream, "@sender:x"});
      }
      boolean outlier = e.kind == Kind.OUTLIER;
      source.add(new Object[] {e.nid, e.id, e.snapshot, e.kind == Kind.REJECTED, outlier});
      if (!outlier) {
        timeline.add(new Object[] {e.nid, e.id, e.snapshot});
      }
    }
    group.put("state", target);
    group.put("state_events", source);
    group.put("events", timeline);
    group.put("blocks", map(blocks));
    Map<Long, long[]> used = new TreeMap<>(snapshots);
    used.keySet().retainAll(usedSnapshots());
    group.put("snapshots", map(used));
    group.put(
        "changes",
        changes.stream().map(c -> new Object[] {c.streamId, c.added, c.removed}).toList());
    return group;
  }

  private Set<Long> usedSnapshots() {
    Set<Long> used = new TreeSet<>(Set.of(current));
    events.values().forEach(event -> used.add(event.snapshot));
    return used;
  }

  private static List<Object[]> map(Map<Long, long[]> arrays) {
    List<Object[]> rows = new ArrayList<>();
    new LinkedHashMap<>(arrays).forEach((nid, array) -> rows.add(new Object[] {nid, array}));
    return rows;
  }

  static List<Object[]> rows(Object[]... rows) {
    return List.of(rows);
  }

  /** Runs the hook over rooms, in the given order; what it emitted, room by room. */
  static List<RecordingEmitter> migrate(SimulatedRoom... rooms) {
    RoomState hook = new RoomState();
    hook.start(Map.of("server_name", SERVER));
    List<RecordingEmitter> all = new ArrayList<>();
    for (SimulatedRoom room : rooms) {
      RecordingEmitter written = new RecordingEmitter(room.id);
      hook.group(room.group(), written);
      all.add(written);
    }
    return all;
  }
}
