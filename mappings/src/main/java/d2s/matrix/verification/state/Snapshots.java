package d2s.matrix.verification.state;

import d2s.matrix.verification.Interner;
import d2s.matrix.verification.rows.ByKey;
import d2s.matrix.verification.rows.Lists;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The state snapshots of one room in Dendrite. A snapshot is a list of blocks, a block a list of
 * state events; a later block wins over an earlier one, and inside a block the later event.
 */
final class Snapshots {

  /**
   * Queries for {@link ByKey}; the empty snapshot and its room are of no account. To make every
   * array anew would take as long as all the rest, so only those of several dimensions are.
   */
  static final String BLOCKS =
      """
      select r.room_id, b.state_block_nid,
        case when array_ndims(b.event_nids) = 1 then b.event_nids else array(select unnest(b.event_nids)) end as event_nids
      from roomserver_state_block b
      left join roomserver_events e on e.event_nid = b.event_nids[1]
      join roomserver_rooms r on r.room_nid = coalesce(e.room_nid,
        (select k.room_nid from roomserver_events k where k.event_nid = any (b.event_nids) limit 1))
      """;

  static final String SNAPSHOTS =
      """
      select r.room_id, s.state_snapshot_nid,
        case when array_ndims(s.state_block_nids) = 1 then s.state_block_nids
             else array(select unnest(s.state_block_nids)) end as state_block_nids
      from (select room_nid, state_snapshot_nid from roomserver_events
            union select room_nid, state_snapshot_nid from roomserver_rooms) used
      join roomserver_state_snapshots s using (state_snapshot_nid)
      join roomserver_rooms r on r.room_nid = used.room_nid
      """;

  private record Snapshot(long nid, long[] blocks) {}

  private final Map<Long, long[]> blocks = new HashMap<>();
  private final List<Snapshot> snapshots = new ArrayList<>();

  /** Blocks that are there twice. */
  private final Set<Long> repeated = new HashSet<>();

  /** Is told of every snapshot. */
  @FunctionalInterface
  interface Visitor {

    /**
     * @param state the state of the snapshot, to be looked at and not to be changed
     */
    void visit(long snapshot, WalkedState state);
  }

  /** Gives the state key and the event of an entry. */
  interface Entries {

    /** A number for type and state key of an event, or {@link Interner#NONE} if it is no state. */
    int key(long eventNid);

    /** A number for the event. */
    int event(long eventNid);
  }

  static Snapshots read(String room, ByKey rooms, String blocks, String snapshots)
      throws SQLException {
    Snapshots read = new Snapshots();
    rooms.read(
        room,
        blocks,
        row -> {
          long nid = row.getLong("state_block_nid");
          if (read.blocks.put(nid, Lists.integers(row, "event_nids")) != null) {
            read.repeated.add(nid);
          }
        });
    rooms.read(
        room,
        snapshots,
        row ->
            read.snapshots.add(
                new Snapshot(
                    row.getLong("state_snapshot_nid"), Lists.integers(row, "state_block_nids"))));
    return read;
  }

  /**
   * Visits all snapshots, from one to the next that begins with the same blocks. Snapshots with a
   * block that is missing are passed over.
   */
  void walk(Entries entries, Visitor visitor) {
    List<Snapshot> ordered = new ArrayList<>(snapshots);
    ordered.sort((a, b) -> Arrays.compare(a.blocks(), b.blocks()));
    WalkedState state = new WalkedState();
    List<Integer> marks = new ArrayList<>();
    long[] applied = {};
    for (Snapshot snapshot : ordered) {
      int common = Arrays.mismatch(applied, snapshot.blocks());
      common = common < 0 ? applied.length : Math.min(common, marks.size());
      if (common < marks.size()) {
        state.backTo(marks.get(common));
        marks.subList(common, marks.size()).clear();
      }
      boolean complete = true;
      for (int i = common; i < snapshot.blocks().length && complete; i++) {
        long[] block = blocks.get(snapshot.blocks()[i]);
        complete = block != null;
        if (complete) {
          marks.add(state.mark());
          apply(block, entries, state);
        }
      }
      applied = Arrays.copyOf(snapshot.blocks(), marks.size());
      if (complete) {
        visitor.visit(snapshot.nid(), state);
      }
    }
  }

  private static void apply(long[] block, Entries entries, WalkedState state) {
    for (long nid : block) {
      int key = entries.key(nid);
      if (key != Interner.NONE) {
        state.put(key, entries.event(nid));
      }
    }
  }

  /**
   * Whether a broken index let it in twice, or one of its blocks: nobody can tell which is right.
   */
  boolean isAmbiguous(long snapshot) {
    List<Snapshot> same = snapshots.stream().filter(one -> one.nid() == snapshot).toList();
    return same.size() > 1
        || same.stream()
            .flatMapToLong(one -> Arrays.stream(one.blocks()))
            .anyMatch(repeated::contains);
  }

  /** The event of each key in one snapshot; empty if it is not known. */
  Map<Integer, Integer> at(long snapshot, Entries entries) {
    for (Snapshot candidate : snapshots) {
      if (candidate.nid() == snapshot) {
        WalkedState state = new WalkedState();
        for (long nid : candidate.blocks()) {
          apply(blocks.getOrDefault(nid, new long[0]), entries, state);
        }
        return state.copy();
      }
    }
    return Collections.emptyMap();
  }
}
