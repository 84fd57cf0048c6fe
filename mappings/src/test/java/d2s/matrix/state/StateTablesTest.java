package d2s.matrix.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The tables of the hook beside plain maps that do the same. */
class StateTablesTest {

  private static final int SLOTS = 40;

  /** Each round begins with a group and follows the state for a while. */
  @Test
  void differencesFollowTheState() {
    Random random = new Random(1);
    for (int round = 0; round < 60; round++) {
      int[] state = random.ints(SLOTS, -1, 3).toArray();
      int[] group = state.clone();
      Differences differences = new Differences();
      assertThat(differences.slots()).isEmpty();
      for (int change = 0; change < 200; change++) {
        int slot = random.nextInt(SLOTS);
        int event = random.nextInt(4) - 1;
        if (event == state[slot]) {
          continue;
        }
        differences.changed(slot, state[slot], event);
        state[slot] = event;
        compare(differences, group, state);
      }
      for (int slot = 0; slot < SLOTS; slot++) {
        if (state[slot] != group[slot]) {
          differences.changed(slot, state[slot], group[slot]);
          state[slot] = group[slot];
          compare(differences, group, state);
        }
      }
      assertThat(differences.size()).isZero();
    }
  }

  private static void compare(Differences differences, int[] group, int[] state) {
    List<Integer> slots = new ArrayList<>();
    boolean lost = false;
    for (int slot = 0; slot < SLOTS; slot++) {
      if (group[slot] != state[slot]) {
        slots.add(slot);
        lost |= state[slot] == StateEvents.NONE;
      }
    }
    assertThat(differences.size()).isEqualTo(slots.size());
    assertThat(differences.hasLost()).isEqualTo(lost);
    assertThat(Arrays.stream(differences.slots()).boxed().toList()).isEqualTo(slots);
  }

  @Test
  void groupsAreFoundByBothSums() {
    Random random = new Random(1);
    GroupNumbers numbers = new GroupNumbers();
    Map<List<Long>, Integer> naive = new HashMap<>();
    for (int number = 1; number <= 1_000; number++) {
      long first = random.nextInt(100);
      long second = random.nextInt(100);
      if (naive.putIfAbsent(List.of(first, second), number) == null) {
        numbers.put(first, second, number);
      }
    }
    for (long first = 0; first < 100; first++) {
      for (long second = 0; second < 100; second++) {
        assertThat(numbers.find(first, second))
            .isEqualTo(naive.getOrDefault(List.of(first, second), 0));
      }
    }
  }

  /** Among them some whose hashes are the same. */
  @Test
  void idsAreFoundByTheirText() {
    EventIds ids = new EventIds();
    List<String> added = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String rest = ":" + i;
      for (String id : List.of("$Aa" + rest, "$BB" + rest)) {
        assertThat(ids.find(id)).isEqualTo(-1);
        assertThat(ids.add(id)).isEqualTo(added.size());
        added.add(id);
        assertThat(ids.size()).isEqualTo(added.size());
      }
    }
    for (int i = 0; i < added.size(); i++) {
      assertThat(ids.get(i)).isEqualTo(added.get(i));
      assertThat(ids.find(added.get(i))).isEqualTo(i);
    }
    assertThat(ids.find("$AaBB")).isEqualTo(-1);
  }

  @Test
  void aSettledStateTellsEachChangeOnce() {
    Random random = new Random(1);
    WorkingState state = new WorkingState(SLOTS);
    int[] now = new int[SLOTS];
    Arrays.fill(now, StateEvents.NONE);
    assertThat(state.slots()).isEqualTo(SLOTS);
    for (int round = 0; round < 100; round++) {
      int[] before = now.clone();
      for (int change = random.nextInt(30); change > 0; change--) {
        int slot = random.nextInt(SLOTS);
        now[slot] = random.nextInt(4) - 1;
        state.set(slot, now[slot]);
        assertThat(state.get(slot)).isEqualTo(now[slot]);
      }
      Map<Integer, List<Integer>> told = new TreeMap<>();
      state.settle((slot, was, is) -> assertThat(told.put(slot, List.of(was, is))).isNull());

      Map<Integer, List<Integer>> expected = new TreeMap<>();
      for (int slot = 0; slot < SLOTS; slot++) {
        if (before[slot] != now[slot]) {
          expected.put(slot, List.of(before[slot], now[slot]));
        }
      }
      assertThat(told).isEqualTo(expected);
      assertThat(Arrays.stream(state.changedSlots().toArray()).boxed())
          .containsExactlyInAnyOrderElementsOf(expected.keySet());
      assertThat(state.copy()).isEqualTo(now);
      assertThat(state.size())
          .isEqualTo((int) Arrays.stream(now).filter(e -> e != StateEvents.NONE).count());
    }
  }

  @Test
  void theSumsOfAStateDoNotDependOnTheWayToIt() {
    Random random = new Random(1);
    WorkingState wandering = new WorkingState(SLOTS);
    assertThat(wandering.first()).isZero();
    assertThat(wandering.second()).isZero();
    for (int change = 0; change < 1_000; change++) {
      wandering.set(random.nextInt(SLOTS), random.nextInt(4) - 1);
    }
    WorkingState straight = new WorkingState(SLOTS);
    for (int slot = 0; slot < SLOTS; slot++) {
      straight.set(slot, wandering.get(slot));
    }

    assertThat(wandering.first()).isEqualTo(straight.first()).isNotZero();
    assertThat(wandering.second()).isEqualTo(straight.second()).isNotZero();
    straight.set(0, straight.get(0) + 1);
    assertThat(wandering.first()).isNotEqualTo(straight.first());
    assertThat(wandering.second()).isNotEqualTo(straight.second());
  }
}
