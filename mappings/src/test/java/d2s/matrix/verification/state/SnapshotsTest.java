package d2s.matrix.verification.state;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.Interner;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The events 10 to 19 have the key 1 and so on; those below 10 are no state. */
class SnapshotsTest {

  private static final Snapshots.Entries ENTRIES =
      new Snapshots.Entries() {
        @Override
        public int key(long eventNid) {
          return eventNid < 10 ? Interner.NONE : (int) eventNid / 10;
        }

        @Override
        public int event(long eventNid) {
          return (int) eventNid;
        }
      };

  private static Given given;
  private static Snapshots snapshots;

  @BeforeAll
  static void read() throws SQLException {
    given =
        new Given()
            .with(
                "blocks",
                "state_block_nid bigint, event_nids bigint[]",
                """
                (1, '{10,20,5}'), (2, '{11,30}'), (3, '{21,22}'), (4, '{40}'), (4, '{41}')
                """)
            .with(
                "snapshots",
                "state_snapshot_nid bigint, state_block_nids bigint[]",
                """
                (100, '{1}'), (101, '{1,2}'), (102, '{1,2,3}'), (103, '{1,3}'), (104, '{2}'), (105, '{2,1}'),
                (106, '{1,9}'), (107, '{1,9,2}'), (108, '{9}'), (109, '{}'), (110, '{2,9}'), (111, '{3}'),
                (112, '{1,4}'), (113, '{1}'), (113, '{2}')
                """);
    snapshots = Snapshots.read(Given.ROOM, given.rows(), "blocks", "snapshots");
  }

  @AfterAll
  static void close() throws SQLException {
    given.close();
  }

  @Test
  void laterBlocksAndLaterEventsWin() {
    assertThat(snapshots.at(100, ENTRIES)).isEqualTo(Map.of(1, 10, 2, 20));
    assertThat(snapshots.at(101, ENTRIES)).isEqualTo(Map.of(1, 11, 2, 20, 3, 30));
    assertThat(snapshots.at(102, ENTRIES)).isEqualTo(Map.of(1, 11, 2, 22, 3, 30));
    assertThat(snapshots.at(105, ENTRIES)).isEqualTo(Map.of(1, 10, 2, 20, 3, 30));
  }

  @Test
  void ofWhatIsLostTheRestIsKnown() {
    assertThat(snapshots.at(107, ENTRIES)).isEqualTo(Map.of(1, 11, 2, 20, 3, 30));
    assertThat(snapshots.at(108, ENTRIES)).isEmpty();
    assertThat(snapshots.at(999, ENTRIES)).isEmpty();
  }

  @Test
  void aWalkComesToEverySnapshotThatIsComplete() {
    Map<Long, Map<Integer, Integer>> visited = new HashMap<>();
    Map<Long, WalkedState.Print> prints = new HashMap<>();
    snapshots.walk(
        ENTRIES,
        (snapshot, state) -> {
          visited.put(snapshot, state.copy());
          prints.put(snapshot, state.print());
        });

    assertThat(visited.keySet())
        .containsExactlyInAnyOrder(100L, 101L, 102L, 103L, 104L, 105L, 109L, 111L, 112L, 113L);
    for (long snapshot : new long[] {100, 101, 102, 103, 104, 105, 109, 111, 112}) {
      assertThat(visited.get(snapshot)).isEqualTo(snapshots.at(snapshot, ENTRIES));
    }
    assertThat(prints.get(109L)).isEqualTo(new WalkedState.Print(0, 0));
    assertThat(prints.get(111L)).isEqualTo(new WalkedState.Print(0, 0).with(2, Interner.NONE, 22));
  }

  @Test
  void whatIsThereTwiceIsAmbiguous() {
    assertThat(snapshots.isAmbiguous(113)).isTrue();
    assertThat(snapshots.isAmbiguous(112)).isTrue();
    assertThat(snapshots.isAmbiguous(101)).isFalse();
    assertThat(snapshots.isAmbiguous(999)).isFalse();
  }
}
