package d2s.matrix.state;

import d2s.matrix.state.SimulatedRoom.Event;
import d2s.matrix.state.SimulatedRoom.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes rooms with forks, resolutions, resets, vanishing keys and every kind of event. */
final class RandomRoom {

  private static final long DANGLING = 1;

  private final Random random;
  private final SimulatedRoom room;
  private final List<Long> tips = new ArrayList<>();
  private final List<Event> outliers = new ArrayList<>();

  private RandomRoom(Random random, String id) {
    this.random = random;
    room = new SimulatedRoom(id, 1 + random.nextInt(8), 10 + random.nextInt(50));
  }

  static SimulatedRoom make(Random random, String id, int steps) {
    RandomRoom maker = new RandomRoom(random, id);
    maker.create();
    for (int step = 0; step < steps; step++) {
      maker.step();
    }
    return maker.room;
  }

  private void create() {
    long empty = room.snapshot();
    long[] before = {empty, 0, DANGLING};
    boolean outlier = random.nextInt(4) == 0;
    Event create =
        outlier
            ? room.add(StateKey.CREATE, null, 0, Kind.OUTLIER)
            : room.add(StateKey.CREATE, null, before[random.nextInt(3)], Kind.ACCEPTED);
    tips.add(room.after(empty, create));
    room.makeCurrent(tips.get(0));
  }

  private void step() {
    int tip = random.nextInt(tips.size());
    long at = tips.get(tip);
    switch (random.nextInt(14)) {
      case 0, 1 -> room.add(null, null, at, message());
      case 2, 3, 4, 5 -> tips.set(tip, room.after(at, change(at, Kind.ACCEPTED)));
      case 6 -> change(at, Kind.SOFT_FAILED);
      case 7 -> change(at, Kind.REJECTED);
      case 8 -> fork(at);
      case 9 -> resolve();
      case 10 -> reset(tip);
      case 11 -> overlap(tip);
      case 12 -> learnOutlier(tip);
      default -> placeOutlier(at);
    }
    if (random.nextInt(3) > 0) {
      room.makeCurrent(tips.get(random.nextInt(tips.size())));
    }
  }

  private Kind message() {
    return Kind.values()[random.nextInt(3)];
  }

  private Event change(long at, Kind kind) {
    StateKey key = key();
    return room.add(key, membership(key), at, kind);
  }

  private StateKey key() {
    return switch (random.nextInt(4)) {
      case 0 -> new StateKey("m.room.name", "");
      case 1 -> new StateKey("org.example", "key " + random.nextInt(6));
      case 2 ->
          new StateKey("m.room.member", "@u" + random.nextInt(3) + ":" + SimulatedRoom.SERVER);
      default -> new StateKey("m.room.member", "@u" + random.nextInt(6) + ":there.test");
    };
  }

  private String membership(StateKey key) {
    String[] memberships = {"join", "join", "leave", "ban", "invite"};
    return key.type().equals("m.room.member") ? memberships[random.nextInt(5)] : null;
  }

  private void fork(long at) {
    if (tips.size() < 3) {
      tips.add(at);
    }
  }

  private void resolve() {
    if (tips.size() < 2) {
      return;
    }
    Map<StateKey, Event> one = room.state(tips.remove(1));
    Map<StateKey, Event> other = room.state(tips.remove(0));
    Map<StateKey, Event> resolved = new HashMap<>();
    one.forEach((key, event) -> put(resolved, key, event, other.containsKey(key)));
    other.forEach((key, event) -> put(resolved, key, event, one.containsKey(key)));
    tips.add(room.snapshotOf(resolved));
  }

  private void put(Map<StateKey, Event> state, StateKey key, Event event, boolean inBoth) {
    if (inBoth ? random.nextBoolean() || !state.containsKey(key) : random.nextInt(3) > 0) {
      state.put(key, event);
    }
  }

  /** Back to an old state, or to a state that lost entries. */
  private void reset(int tip) {
    if (random.nextBoolean()) {
      List<Long> old = new ArrayList<>(room.snapshots.keySet());
      tips.set(tip, old.get(random.nextInt(old.size())));
    } else {
      Map<StateKey, Event> state = room.state(tips.get(tip));
      state.values().removeIf(event -> random.nextInt(4) == 0);
      tips.set(tip, room.snapshotOf(state));
    }
  }

  /** A block that holds several events, even several of one key. */
  private void overlap(int tip) {
    long[] known =
        room.events.values().stream().filter(e -> e.key() != null).mapToLong(Event::nid).toArray();
    long[] some = random.longs(1 + random.nextInt(4), 0, known.length).toArray();
    for (int i = 0; i < some.length; i++) {
      some[i] = known[(int) some[i]];
    }
    long[] list = room.snapshots.get(tips.get(tip));
    long[] longer = java.util.Arrays.copyOf(list, list.length + 1);
    longer[list.length] = room.block(some);
    if (random.nextInt(3) == 0) {
      longer = new long[] {longer[list.length]};
    }
    tips.set(tip, room.snapshot(longer));
  }

  private void learnOutlier(int tip) {
    Event outlier = change(0, Kind.OUTLIER);
    outliers.add(outlier);
    if (random.nextBoolean()) {
      tips.set(tip, room.after(tips.get(tip), outlier));
    }
  }

  private void placeOutlier(long at) {
    if (!outliers.isEmpty()) {
      room.place(outliers.remove(0), at);
    }
  }
}
