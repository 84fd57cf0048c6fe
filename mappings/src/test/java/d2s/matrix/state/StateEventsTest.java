package d2s.matrix.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The events of a room by number, ID and NID, and the blocks that list them. */
class StateEventsTest {

  private static final String ROOM = "!a:there.test";

  private final List<Object[]> target = new ArrayList<>();
  private final List<Object[]> source = new ArrayList<>();
  private final StateDefects defects = new StateDefects();

  private void event(long nid, StateKey key, String membership) {
    target.add(new Object[] {"$" + nid, key.type(), key.key(), membership, nid * 10, "@sender:x"});
    source.add(new Object[] {nid, "$" + nid, nid + 1, nid % 3 == 0, nid % 5 == 0});
  }

  private StateEvents events() {
    MemoryGroup group = new MemoryGroup(ROOM);
    group.put("state", target);
    group.put("state_events", source);
    StateEvents events = new StateEvents("here.test");
    events.readTarget(group.rows(StateEvents.STATE));
    events.readSource(group.rows(StateEvents.STATE_EVENTS));
    return events;
  }

  private static StateKey member(String user) {
    return new StateKey("m.room.member", user);
  }

  @Test
  void everyEventIsFoundByIdAndNid() {
    event(4, member("@a:here.test"), "join");
    event(7, member("@a:there.test"), "leave");
    event(12, StateKey.CREATE, null);
    event(25, member("@a:there.test"), null);
    target.add(new Object[] {"$lost", "org.example", "", null, 1L, "@sender:x"});
    source.add(new Object[] {30L, "$message", 0L, false, false});
    StateEvents events = events();

    assertThat(events.count()).isEqualTo(4);
    assertThat(events.slotCount()).isEqualTo(4);
    for (int event = 0; event < 4; event++) {
      long nid = List.of(4L, 7L, 12L, 25L).get(event);
      assertThat(events.nid(event)).isEqualTo(nid);
      assertThat(events.byNid(nid)).isEqualTo(event);
      assertThat(events.id(event)).isEqualTo("$" + nid);
      assertThat(events.byId("$" + nid)).isEqualTo(event);
      assertThat(events.snapshot(event)).isEqualTo(nid + 1);
      assertThat(events.streamOrdering(event)).isEqualTo(nid * 10);
      assertThat(events.isRejected(event)).isEqualTo(nid == 12);
      assertThat(events.isAccepted(event)).isEqualTo(nid == 4 || nid == 7);
      assertThat(events.isCreate(event)).isEqualTo(nid == 12);
      assertThat(events.isJoin(event)).isEqualTo(nid == 4);
    }
    assertThat(events.byId("$lost")).isEqualTo(StateEvents.NONE);
    assertThat(events.byId("$message")).isEqualTo(StateEvents.NONE);
    assertThat(List.of(events.byNid(3), events.byNid(8), events.byNid(26)))
        .containsOnly(StateEvents.NONE);
    assertThat(events.isJoin(StateEvents.NONE)).isFalse();
    assertThat(events.slot(3)).isEqualTo(events.slot(1)).isNotEqualTo(events.slot(0));
    assertThat(events.key(events.slot(1))).isEqualTo(member("@a:there.test"));
    assertThat(events.isLocalMember(events.slot(0))).isTrue();
    assertThat(events.isLocalMember(events.slot(1))).isFalse();
    assertThat(events.sender(0)).isEqualTo("@sender:x");
    assertThat(events.sender(1)).isNull();
    assertThat(events.membership(1)).isEqualTo("leave");
    assertThat(events.membership(2)).isNull();
    assertThat(events.hasCreate()).as("12 is rejected").isFalse();
  }

  @Test
  void aCreateEventAnywhereMakesARoom() {
    event(4, member("@a:here.test"), "join");
    event(7, StateKey.CREATE, null);

    assertThat(events().hasCreate()).isTrue();
  }

  @Test
  void theFirstCreateEventMakesARoom() {
    event(4, StateKey.CREATE, null);
    event(7, member("@a:here.test"), "join");

    assertThat(events().hasCreate()).isTrue();
  }

  @Test
  void aRejectedCreateEventMakesNone() {
    event(12, StateKey.CREATE, null);

    assertThat(events().hasCreate()).isFalse();
  }

  @Test
  void aNidMayComeOnceOnly() {
    event(4, StateKey.CREATE, null);
    target.add(new Object[] {"$again", "org.example", "", null, 1L, "@sender:x"});
    source.add(new Object[] {4L, "$again", 0L, false, false});

    assertThatThrownBy(this::events).hasMessageContaining("event_nid 4 does not ascend");
  }

  /** Beside a search from one to the next. */
  @Test
  void aPlaceIsThatOfTheFirstNidThatIsNotBelow() {
    for (int count = 0; count <= 40; count++) {
      target.clear();
      source.clear();
      for (int i = 0; i < count; i++) {
        event(10 + 2L * i, member("@" + i + ":x"), "join");
      }
      StateEvents events = events();
      for (int from = 0; from <= count; from++) {
        for (long nid = 8; nid <= 12 + 2L * count; nid++) {
          int expected = from;
          while (expected < count && events.nid(expected) < nid) {
            expected++;
          }
          assertThat(events.place(nid, from)).isEqualTo(expected);
        }
      }
      assertThat(events.byNid(12 + 2L * count)).isEqualTo(StateEvents.NONE);
    }
  }

  /** Thousands of big blocks, of which most are kept as differences. */
  @Test
  void blocksGiveBackTheirEvents() {
    for (long nid = 1; nid <= 2_000; nid++) {
      event(nid, member("@" + nid + ":x"), "join");
    }
    Random random = new Random(1);
    boolean[] present = new boolean[2_001];
    List<Object[]> rows = new ArrayList<>();
    List<long[]> expected = new ArrayList<>();
    Arrays.fill(present, 1, 254, true);
    for (int block = 0; block < 300; block++) {
      for (int change = 0; change < 1 + block % 40; change++) {
        int nid = 1 + random.nextInt(2_000);
        present[nid] = block < 100 || block > 150 && random.nextInt(3) > 0;
      }
      long[] nids = LongStream.rangeClosed(1, 2_000).filter(n -> present[(int) n]).toArray();
      rows.add(new Object[] {1_000L + block, nids});
      expected.add(nids);
    }
    StateBlocks blocks = blocks(rows);

    for (int block = 0; block < 300; block++) {
      assertThat(blocks.number(1_000 + block)).isEqualTo(block);
      assertThat(Arrays.stream(blocks.events(block)).mapToLong(event -> event + 1).toArray())
          .isEqualTo(expected.get(block));
    }
    assertThat(blocks.number(999)).isEqualTo(-1);
    assertThat(blocks.number(1_300)).isEqualTo(-1);
    assertThat(defects()).isEmpty();
  }

  @Test
  void whatABlockNamesAndNobodyHasIsToldOnceForEach() {
    event(4, member("@a:x"), "join");
    event(7, member("@b:x"), "join");
    StateBlocks blocks =
        blocks(
            List.of(
                new Object[] {1L, new long[] {3, 4, 5, 7, 9}},
                new Object[] {2L, new long[] {7, 4, 7}},
                new Object[] {3L, new long[0]},
                new Object[] {4L, new long[] {9, 4}},
                new Object[] {5L, new long[] {4, 4, 7}}));

    assertThat(blocks.events(0)).containsExactly(0, 1);
    assertThat(blocks.events(1)).containsExactly(0, 1);
    assertThat(blocks.events(2)).isEmpty();
    assertThat(blocks.events(3)).containsExactly(0);
    assertThat(blocks.events(4)).containsExactly(0, 1);
    assertThat(defects())
        .containsExactly(
            ROOM
                + ": state events that blocks refer to were not carried: the states were read"
                + " without them (4, the first is event NID 3)");
  }

  /** Also where the list of events is full to its end. */
  @Test
  void whatComesAfterTheLastEventIsUnknown() {
    for (long nid = 1; nid <= 40; nid++) {
      event(nid, member("@" + nid + ":x"), "join");
      StateBlocks blocks = blocks(List.<Object[]>of(new Object[] {1L, new long[] {nid, nid + 1}}));

      assertThat(blocks.events(0)).containsExactly((int) nid - 1);
    }
  }

  /** What is kept whole is one array; what is kept as a difference is made anew each time. */
  @Test
  void aBigBlockIsKeptAsItsDifference() {
    for (long nid = 1; nid <= 500; nid++) {
      event(nid, member("@" + nid + ":x"), "join");
    }
    StateBlocks blocks =
        blocks(
            List.of(
                new Object[] {0L, nids(1, 255)}, // small
                new Object[] {1L, nids(1, 256)}, // the key of those that follow
                new Object[] {2L, nids(1, 256 + 127)},
                new Object[] {3L, nids(1, 256 + 129)}, // all differences are as long as the key
                new Object[] {4L, nids(1, 257)}, // the next key
                new Object[] {5L, nids(1, 257)},
                new Object[] {6L, nids(65, 257 + 65)})); // differs in half of its length

    List<Integer> whole = new ArrayList<>();
    for (int block = 0; block < 7; block++) {
      if (blocks.events(block) == blocks.events(block)) {
        whole.add(block);
      }
    }
    assertThat(whole).containsExactly(0, 1, 4, 6);
  }

  private static long[] nids(long first, long last) {
    return LongStream.rangeClosed(first, last).toArray();
  }

  private StateBlocks blocks(List<Object[]> rows) {
    MemoryGroup group = new MemoryGroup(ROOM);
    group.put("blocks", rows);
    return new StateBlocks(events(), defects, group.rows(StateBlocks.BLOCKS));
  }

  private List<String> defects() {
    RecordingEmitter out = new RecordingEmitter(ROOM);
    defects.report(ROOM, out);
    return out.skipped;
  }
}
