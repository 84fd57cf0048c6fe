package d2s.generator.event;

import d2s.generator.signing.Blake2b;
import d2s.generator.table.Tables;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes state blocks and snapshots as Dendrite's room server does. */
public final class StateStore {
  /** A snapshot that lists more blocks is not written: all its state goes into one new block. */
  private static final int MOST_BLOCKS = 64;

  private final Tables tables;
  private long lastBlock;

  /** The first snapshot is the empty one, which all rooms share. */
  private long lastSnapshot = 1;

  public StateStore(Tables tables) {
    this.tables = tables;
  }

  /** The snapshot before the first event of any room. */
  public long empty() {
    return 1;
  }

  public long lastBlock() {
    return lastBlock;
  }

  public long lastSnapshot() {
    return lastSnapshot;
  }

  /** After a state event: the room's own blocks and one more, unless they are too many. */
  void append(Room room, long eventNid) {
    if (room.blocks.length < MOST_BLOCKS) {
      long block = block(eventNid);
      room.blocks = Arrays.copyOf(room.blocks, room.blocks.length + 1);
      room.blocks[room.blocks.length - 1] = block;
      room.snapshot = snapshot(room);
      room.isStateInOneBlock = false;
    } else {
      rewrite(room);
    }
  }

  /** All state in one block, as after joins over federation and where branches meet. */
  void rewrite(Room room) {
    if (room.isStateInOneBlock) {
      return; // Dendrite finds the equal block by its hash
    }
    room.isStateInOneBlock = true;
    room.blocks = new long[] {block(room.stateNids())};
    room.snapshot = snapshot(room);
  }

  /** Written at the end: each new room takes it over. */
  public void writeEmpty(long lastRoom) {
    tables
        .of("roomserver_state_snapshots")
        .row(
            empty(),
            Blake2b.hash("null".getBytes(StandardCharsets.US_ASCII)),
            lastRoom,
            new long[] {});
  }

  private long block(long... eventNids) {
    tables.of("roomserver_state_block").row(++lastBlock, hash(eventNids), eventNids);
    return lastBlock;
  }

  private long snapshot(Room room) {
    tables
        .of("roomserver_state_snapshots")
        .row(++lastSnapshot, hash(room.blocks), room.nid, room.blocks);
    return lastSnapshot;
  }

  private static byte[] hash(long[] nids) {
    StringBuilder json = new StringBuilder(2 + 8 * nids.length).append('[');
    for (int i = 0; i < nids.length; i++) {
      if (i > 0) {
        json.append(',');
      }
      json.append(nids[i]);
    }
    return Blake2b.hash(json.append(']').toString().getBytes(StandardCharsets.US_ASCII));
  }
}
