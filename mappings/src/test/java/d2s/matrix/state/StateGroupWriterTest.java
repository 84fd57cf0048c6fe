package d2s.matrix.state;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.extension.Emitter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How the groups of a room follow each other, and what is written for each. */
class StateGroupWriterTest {

  private static final String ROOM = "!a:there.test";
  private static final long BASE = 1_000;
  private static final int SLOTS = 100;

  /** For each slot so many events that could stand there. */
  private static final int EVENTS = 5;

  /** By number: the group that is followed, 0 for none; the entries as {@code slot=event}. */
  private final List<Integer> followed = new ArrayList<>(List.of(0));

  private final List<Integer> sizes = new ArrayList<>(List.of(0));
  private final List<String> makers = new ArrayList<>(List.of(""));
  private final TreeMap<Integer, List<String>> entries = new TreeMap<>();
  private boolean keepsEntries = true;

  private final WorkingState state = new WorkingState(SLOTS);
  private final StateGroupWriter writer =
      new StateGroupWriter(ROOM, BASE, events(), state, new Table());

  private final class Table implements Emitter {
    @Override
    public void emit(String row, Object... values) {
      int group = (int) ((Long) values[0] - BASE);
      switch (row) {
        case "state_group" -> {
          assertThat(group).isEqualTo(followed.size());
          assertThat(values[1]).isEqualTo(ROOM);
          followed.add(0);
          sizes.add(0);
          makers.add((String) values[2]);
        }
        case "edge" -> followed.set(group, (int) ((Long) values[1] - BASE));
        case "entry" -> {
          sizes.set(group, sizes.get(group) + 1);
          if (keepsEntries) {
            entries
                .computeIfAbsent(group, any -> new ArrayList<>())
                .add(values[3] + "=" + values[4]);
          }
        }
        default -> throw new AssertionError(row);
      }
    }

    @Override
    public void skip(String what, String reason) {
      throw new AssertionError(reason);
    }
  }

  /** Event {@code slot * EVENTS + n} is the n-th one for the slot. */
  private static StateEvents events() {
    List<Object[]> target = new ArrayList<>();
    List<Object[]> source = new ArrayList<>();
    for (long event = 0; event < SLOTS * EVENTS; event++) {
      String slot = Long.toString(event / EVENTS);
      target.add(new Object[] {"$" + event, "org.example", slot, null, event, "@sender:x"});
      source.add(new Object[] {event, "$" + event, 0L, false, false});
    }
    MemoryGroup group = new MemoryGroup(ROOM);
    group.put("state", target);
    group.put("state_events", source);
    StateEvents events = new StateEvents("here.test");
    events.readTarget(group.rows(StateEvents.STATE));
    events.readSource(group.rows(StateEvents.STATE_EVENTS));
    return events;
  }

  /** Sets slots from and up to these to their n-th event; below 0 to none. */
  private void set(int from, int to, int n) {
    for (int slot = from; slot < to; slot++) {
      state.set(slot, n < 0 ? StateEvents.NONE : slot * EVENTS + n);
    }
  }

  private int group() {
    return writer.group(StateEvents.NONE);
  }

  @Test
  void aStepIsWrittenAsItsDifference() {
    set(0, 10, 0);
    int whole = group();
    set(3, 4, 1);
    set(12, 13, 0);
    int next = writer.group(16);

    assertThat(List.of(whole, next)).containsExactly(1, 2);
    assertThat(writer.id(next)).isEqualTo(BASE + 2);
    assertThat(writer.count()).isEqualTo(2);
    assertThat(followed).containsExactly(0, 0, 1);
    assertThat(sizes).containsExactly(0, 10, 2);
    assertThat(entries.get(1)).startsWith("0=$0", "1=$5").endsWith("9=$45");
    assertThat(entries.get(2)).containsExactly("3=$16", "12=$60");
    assertThat(makers).as("the newest event where none is given").containsExactly("", "$45", "$16");
  }

  @Test
  void aStateWithoutEntriesHasAGroupOfItsOwn() {
    assertThat(group()).isEqualTo(1);
    assertThat(makers).containsExactly("", "");
    assertThat(sizes).containsExactly(0, 0);
    set(0, 1, 0);
    assertThat(group()).isEqualTo(2);
    assertThat(followed).containsExactly(0, 0, 0);
  }

  @Test
  void aStateThatComesUpAgainHasItsGroup() {
    set(0, 10, 0);
    int first = group();
    set(0, 1, 1);
    int second = group();
    set(0, 1, 0);

    assertThat(group()).isEqualTo(first).isNotEqualTo(second);
    assertThat(writer.count()).isEqualTo(2);
  }

  /** As many rows as a copy: then a copy, which needs no predecessor. */
  @Test
  void aDifferenceMustBeSmallerThanTheState() {
    set(0, 10, 0);
    group();
    set(0, 10, 1);
    group();
    set(0, 9, 2);
    group();

    assertThat(followed).containsExactly(0, 0, 0, 2);
    assertThat(sizes).containsExactly(0, 10, 10, 9);
  }

  @Test
  void aStateThatLacksEntriesFollowsNoneThatHoldsThem() {
    set(0, 10, 0);
    group();
    set(9, 10, -1);
    group();

    assertThat(followed).containsExactly(0, 0, 0);
    assertThat(sizes).containsExactly(0, 10, 9);
  }

  /** 100 groups to a run, 50 runs to one of the middle, 25 of those to one above: 125,000. */
  @Test
  void threeLevelsOfRunsShareOneCopy() {
    keepsEntries = false;
    set(0, SLOTS, 0);
    int[] length = new int[125_002];
    for (int n = 1; n < length.length; n++) {
      // A Gray code: each state differs in one of the first slots from the one before.
      for (int digit = 0, rest = n; digit < 8; digit++, rest /= EVENTS) {
        int next = rest / EVENTS % EVENTS;
        state.set(digit, digit * EVENTS + (rest % EVENTS - next + EVENTS) % EVENTS);
      }
      assertThat(group()).isEqualTo(n);
      length[n] = followed.get(n) == 0 ? 0 : length[followed.get(n)] + 1;
      int inRun = (n - 1) % 100;
      int run = (n - 1) / 100 % 50;
      int upper = (n - 1) / 5_000 % 25;
      int expected = inRun > 0 ? n - 1 : run > 0 ? n - 100 : upper > 0 ? n - 5_000 : 0;
      assertThat(followed.get(n)).as("group %d", n).isEqualTo(expected);
    }

    assertThat(Arrays.stream(length).max().orElse(0)).isEqualTo(StateGroupWriter.LONGEST_CHAIN);
    assertThat(sizes.get(1)).isEqualTo(SLOTS);
    assertThat(sizes.get(125_001)).isEqualTo(SLOTS);
    assertThat(sizes.stream().filter(size -> size == SLOTS)).hasSize(2);
  }

  /** Four branches in turn, of which each lacks what the others have: each goes on from itself. */
  @Test
  void fourBranchesAreRemembered() {
    set(0, 20, 0);
    for (int round = 0; round < 5; round++) {
      for (int branch = 0; branch < 4; branch++) {
        branch(branch, round);
      }
    }

    assertThat(followed.subList(1, 21))
        .containsExactly(0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    assertThat(sizes.subList(5, 21)).containsOnly(1);
  }

  @Test
  void ofFiveBranchesTheOldestIsForgotten() {
    set(0, 20, 0);
    for (int round = 0; round < 3; round++) {
      for (int branch = 0; branch < 5; branch++) {
        branch(branch, round);
      }
    }

    assertThat(followed).containsOnly(0);
  }

  /** Ten entries of its own, and one that says how far it has come. */
  private void branch(int branch, int round) {
    set(20, SLOTS, -1);
    set(20 + 10 * branch, 30 + 10 * branch, 0);
    set(20 + 10 * branch, 21 + 10 * branch, round % EVENTS);
    group();
  }

  /** Each step has an entry more; then the state is that of the fourth, but for one entry. */
  @Test
  void aBranchMayBeginAtAGroupThatWasGoneOnFrom() {
    steps(7);
    set(23, SLOTS, -1);
    set(0, 1, 1);
    group();

    assertThat(followed).containsExactly(0, 0, 1, 2, 3, 4, 5, 6, 4);
    assertThat(sizes).containsExactly(0, 20, 1, 1, 1, 1, 1, 1, 1);
  }

  /**
   * Four are remembered, and the second is not. Before them there is the first, from which the
   * middle level goes on.
   */
  @Test
  void ofThoseThatWereGoneOnFromTheOldestIsForgotten() {
    steps(7);
    set(21, SLOTS, -1);
    set(0, 1, 1);
    group();

    assertThat(followed).containsExactly(0, 0, 1, 2, 3, 4, 5, 6, 1);
    assertThat(sizes).containsExactly(0, 20, 1, 1, 1, 1, 1, 1, 2);
  }

  /** The first group has 20 entries, each of the others one more. */
  private void steps(int groups) {
    set(0, 20, 0);
    group();
    for (int step = 1; step < groups; step++) {
      set(19 + step, 20 + step, 0);
      group();
    }
  }

  /** The second is an end still, although it was gone on from, since the step was a long one. */
  @Test
  void aLongStepIsAnotherBranch() {
    stepOf(9);

    assertThat(followed).containsExactly(0, 0, 1, 2, 3, 4, 5, 6, 7, 2);
    assertThat(sizes.get(9)).isEqualTo(1);
  }

  /** The second was gone on from and is forgotten. The middle level goes on from the first. */
  @Test
  void aShortStepTakesThePlaceOfTheOneBefore() {
    stepOf(8);

    assertThat(followed).containsExactly(0, 0, 1, 2, 3, 4, 5, 6, 7, 1);
    assertThat(sizes.get(9)).isEqualTo(2);
  }

  /** Two groups, a step of so many entries, five short ones, and another step from the second. */
  private void stepOf(int entries) {
    steps(2);
    set(21, 21 + entries, 0);
    group();
    for (int step = 0; step < 5; step++) {
      set(30 + step, 31 + step, 0);
      group();
    }
    set(21, SLOTS, -1);
    set(50, 51, 0);
    group();
  }

  /** The oldest of four branches comes up again; then a fifth takes the place of the next. */
  @Test
  void aBranchThatComesUpAgainIsKept() {
    set(0, 20, 0);
    for (int branch = 0; branch < 4; branch++) {
      branch(branch, 0);
    }
    branch(0, 0);
    assertThat(writer.count()).isEqualTo(4);
    branch(4, 0);
    branch(0, 1);
    branch(1, 1);

    assertThat(followed).containsExactly(0, 0, 0, 0, 0, 0, 1, 0);
  }

  /** Of two branches whose ends hold too much, the one whose beginning is nearer. */
  @Test
  void whereEveryEndHoldsTooMuchTheNearestBeginningIsTaken() {
    for (int begin = 0; begin < 2; begin++) {
      set(0, 20, begin);
      set(40, SLOTS, -1);
      group();
    }
    for (int step = 1; step <= 4; step++) {
      for (int branch = 0; branch < 2; branch++) {
        set(0, 20, branch);
        set(40, SLOTS, -1);
        set(40 + 20 * branch, 40 + 20 * branch + step, 0);
        group();
      }
    }
    assertThat(followed).containsExactly(0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    set(0, 20, 0);
    set(40, SLOTS, -1);
    set(0, 1, 2);
    group();

    assertThat(followed.get(11)).isEqualTo(1);
    assertThat(sizes.get(11)).isEqualTo(1);
  }
}
