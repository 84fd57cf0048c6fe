package d2s.matrix.state;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;
import d2s.matrix.collection.IntList;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes states as Synapse's state groups, each content once, and each as the difference to an
 * earlier group where that is possible.
 *
 * <p>Synapse reads a group by walking its predecessors and taking, for each entry, the row of the
 * group with the largest id. So ids ascend along a chain, and a group may only follow one that
 * holds no entry which it lacks itself.
 *
 * <p>Chains are laid out on three levels, an idea of the Matrix tool rust-synapse-compress-state.
 * On the lowest level each group follows the one before it. After {@value #LOWEST} of them a group
 * follows the head of the middle level instead, becomes the new head there, and starts a new run
 * below; the upper level takes over from the middle one in the same way. So a chain is never longer
 * than {@link #LONGEST_CHAIN}, and a complete copy of the state is needed once in 125,000 groups.
 *
 * <p>Rooms fork, and the states of the branches differ in more than the next event. So the writer
 * remembers several groups from which it can go on: the ends of the latest branches and the latest
 * groups that were already gone on from.
 */
final class StateGroupWriter implements WorkingState.Listener {

  static final RowShape STATE_GROUP = RowShape.of("state_group");
  private static final IntegerColumn GROUP_ID = STATE_GROUP.integer("id");
  private static final TextColumn GROUP_ROOM = STATE_GROUP.text("room_id");
  private static final TextColumn GROUP_EVENT = STATE_GROUP.text("event_id");

  static final RowShape EDGE = RowShape.of("edge");
  private static final IntegerColumn EDGE_ID = EDGE.integer("id");
  private static final IntegerColumn PREVIOUS_ID = EDGE.integer("prev_id");

  static final RowShape ENTRY = RowShape.of("entry");
  private static final IntegerColumn ENTRY_GROUP = ENTRY.integer("group_id");
  private static final TextColumn ENTRY_ROOM = ENTRY.text("room_id");
  private static final TextColumn TYPE = ENTRY.text("type");
  private static final TextColumn STATE_KEY = ENTRY.text("state_key");
  private static final TextColumn EVENT_ID = ENTRY.text("event_id");

  private static final int LOWEST = 100;
  private static final int[] RUNS = {LOWEST, 50, 25};

  /** The most predecessors that a group can have. */
  static final int LONGEST_CHAIN = 172;

  /** How many ends of branches are remembered. */
  private static final int ENDS = 4;

  /** How many groups inside branches are remembered. */
  private static final int PASSED = 4;

  /** A group that differs in more entries is another branch, not the next step of the same. */
  private static final int STEP = 8;

  /** A group that later ones may follow. */
  private static final class Head {
    final int group;
    final Differences differences = new Differences();
    int users;

    Head(int group) {
      this.group = group;
    }
  }

  /**
   * A group from which the writer can go on.
   *
   * @param heads the head of each level, lowest first, when this group was written
   * @param runs the length of the run on each level up to its head
   */
  private record Place(Head[] heads, int[] runs) {
    int group() {
      return heads[0].group;
    }
  }

  /** The head to follow, on one of the levels of a place. */
  private record Choice(Place place, int level) {
    Head head() {
      return place.heads[level];
    }

    /** How many rows it takes to write the working state after the head. */
    int cost() {
      return head().differences.size();
    }
  }

  private final String room;
  private final long base;
  private final StateEvents events;
  private final WorkingState state;
  private final Emitter out;
  private final GroupNumbers numbers = new GroupNumbers();
  private final List<Place> ends = new ArrayList<>();
  private final List<Place> passed = new ArrayList<>();
  private final List<Head> heads = new ArrayList<>();
  private int count;

  /**
   * @param base the id before the first one to give out
   */
  StateGroupWriter(String room, long base, StateEvents events, WorkingState state, Emitter out) {
    this.room = room;
    this.base = base;
    this.events = events;
    this.state = state;
    this.out = out;
  }

  /** The id of the group with a number. */
  long id(int number) {
    return base + number;
  }

  /** How many groups the room has so far. */
  int count() {
    return count;
  }

  /**
   * The group of the present working state, written now unless there is one.
   *
   * @param event the event that made the state, or {@link StateEvents#NONE} if it is not known; it
   *     is noted for people and has no effect
   * @return the number of the group in the room, from 1 up
   */
  int group(int event) {
    state.settle(this);
    int known = numbers.find(state.first(), state.second());
    if (known != 0) {
      remember(known);
      return known;
    }
    int number = ++count;
    numbers.put(state.first(), state.second(), number);
    write(number, event);
    return number;
  }

  @Override
  public void changed(int slot, int before, int after) {
    for (int i = 0; i < heads.size(); i++) {
      heads.get(i).differences.changed(slot, before, after);
    }
  }

  private void write(int number, int event) {
    Choice choice = choose();
    int[] slots = choice == null ? filledSlots() : choice.head().differences.slots();
    out.row(STATE_GROUP)
        .set(GROUP_ID, id(number))
        .set(GROUP_ROOM, room)
        .set(GROUP_EVENT, maker(event, slots))
        .emit();
    if (choice != null) {
      out.row(EDGE).set(EDGE_ID, id(number)).set(PREVIOUS_ID, id(choice.head().group)).emit();
    }
    for (int slot : slots) {
      StateKey key = events.key(slot);
      out.row(ENTRY)
          .set(ENTRY_GROUP, id(number))
          .set(ENTRY_ROOM, room)
          .set(TYPE, key.type())
          .set(STATE_KEY, key.key())
          .set(EVENT_ID, events.id(state.get(slot)))
          .emit();
    }
    goOn(number, choice, slots.length);
  }

  private String maker(int event, int[] slots) {
    int newest = event;
    if (newest == StateEvents.NONE) {
      for (int slot : slots) {
        newest = Math.max(newest, state.get(slot));
      }
    }
    return newest == StateEvents.NONE ? "" : events.id(newest);
  }

  private int[] filledSlots() {
    IntList slots = new IntList();
    for (int slot = 0; slot < state.slots(); slot++) {
      if (state.get(slot) != StateEvents.NONE) {
        slots.add(slot);
      }
    }
    return slots.toArray();
  }

  /** The group to follow; null if a complete copy is as cheap. */
  private Choice choose() {
    Place nearest = nearest();
    Choice next = nearest == null ? fromAny() : on(nearest);
    return next != null && next.cost() < state.size() ? next : null;
  }

  /**
   * The place that differs least and holds no entry that the state lacks. Should the runs there be
   * full, then no other place is asked: one with room left would cost ever more, the further the
   * room moves on.
   */
  private Place nearest() {
    Place nearest = null;
    for (List<Place> places : List.of(ends, passed)) {
      for (Place place : places) {
        Differences differences = place.heads[0].differences;
        if (!differences.hasLost()
            && (nearest == null || differences.size() < nearest.heads[0].differences.size())) {
          nearest = place;
        }
      }
    }
    return nearest;
  }

  /** Goes on from wherever it is cheapest, since the state lacks entries of every place. */
  private Choice fromAny() {
    Choice best = null;
    for (List<Place> places : List.of(ends, passed)) {
      for (Place place : places) {
        Choice choice = on(place);
        if (choice != null && (best == null || choice.cost() < best.cost())) {
          best = choice;
        }
      }
    }
    return best;
  }

  /** The lowest level of a place on which a group can be added. */
  private static Choice on(Place place) {
    for (int level = 0; level < RUNS.length; level++) {
      if (place.runs[level] < RUNS[level] && !place.heads[level].differences.hasLost()) {
        return new Choice(place, level);
      }
    }
    return null;
  }

  private void goOn(int number, Choice choice, int rows) {
    Head head = new Head(number);
    Head[] levels = {head, head, head};
    int[] runs = {1, 1, 1};
    if (choice != null) {
      runs[choice.level] = choice.place.runs[choice.level] + 1;
      for (int level = choice.level + 1; level < RUNS.length; level++) {
        levels[level] = choice.place.heads[level];
        runs[level] = choice.place.runs[level];
      }
    }
    Place place = new Place(levels, runs);
    use(place);
    if (choice != null && rows <= STEP && ends.remove(choice.place)) {
      passed.add(0, choice.place);
    }
    ends.add(0, place);
    forgetLast(ends, ENDS);
    forgetLast(passed, PASSED);
  }

  /** Keeps the places of a state that came up again. */
  private void remember(int group) {
    for (List<Place> places : List.of(ends, passed)) {
      for (int i = 1; i < places.size(); i++) {
        if (places.get(i).group() == group) {
          places.add(0, places.remove(i));
          return;
        }
      }
    }
  }

  private void use(Place place) {
    for (Head head : place.heads) {
      if (head.users++ == 0) {
        heads.add(head);
      }
    }
  }

  private void forgetLast(List<Place> places, int most) {
    if (places.size() > most) {
      for (Head head : places.remove(places.size() - 1).heads) {
        if (--head.users == 0) {
          heads.remove(head);
        }
      }
    }
  }
}
