package d2s.matrix.state;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.RowShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the hook emitted, read in the way in which Synapse reads its tables. */
final class RecordingEmitter implements Emitter {

  record Delta(long streamId, StateKey key, String event, String before) {}

  record Current(String event, String membership, long streamOrdering) {}

  record Membership(String event, String membership, long streamOrdering, String sender) {}

  final Map<Long, String> groups = new HashMap<>();
  final Map<Long, Long> edges = new HashMap<>();
  final Map<Long, Map<StateKey, String>> entries = new HashMap<>();
  final Map<String, Long> eventGroups = new HashMap<>();
  final Map<StateKey, Current> current = new HashMap<>();
  final List<Delta> deltas = new ArrayList<>();
  final Map<String, Membership> localMemberships = new HashMap<>();
  final List<String> skipped = new ArrayList<>();
  long rows;

  private final String room;
  private final Map<String, Integer> widths =
      new RoomState()
          .emits().stream().collect(Collectors.toMap(RowShape::name, s -> s.columns().size()));

  private final Map<String, Integer> roomColumns =
      new RoomState()
          .emits().stream()
              .collect(Collectors.toMap(RowShape::name, s -> s.columns().indexOf("room_id")));

  RecordingEmitter(String room) {
    this.room = room;
  }

  @Override
  public void emit(String row, Object... values) {
    assertThat(values).as(row).hasSize(widths.get(row));
    int roomColumn = roomColumns.getOrDefault(row, -1);
    if (roomColumn >= 0) {
      assertThat(values[roomColumn]).isEqualTo(room);
    }
    switch (row) {
      case "state_group" -> {
        assertThat(values[2]).isNotNull();
        once(groups.put((Long) values[0], (String) values[2]), row, values);
      }
      case "edge" -> once(edges.put((Long) values[0], (Long) values[1]), row, values);
      case "entry" -> {
        rows++;
        once(
            entries
                .computeIfAbsent((Long) values[0], id -> new HashMap<>())
                .put(key(values, 2), (String) values[4]),
            row,
            values);
      }
      case "event_group" ->
          once(eventGroups.put((String) values[0], (Long) values[1]), row, values);
      case "current" ->
          once(
              current.put(
                  key(values, 1),
                  new Current((String) values[3], (String) values[4], (Long) values[5])),
              row,
              values);
      case "delta" ->
          deltas.add(
              new Delta((Long) values[0], key(values, 2), (String) values[4], (String) values[5]));
      case "local_membership" ->
          once(
              localMemberships.put(
                  (String) values[1],
                  new Membership(
                      (String) values[2],
                      (String) values[3],
                      (Long) values[4],
                      (String) values[5])),
              row,
              values);
      default -> throw new AssertionError("unknown row " + row);
    }
  }

  @Override
  public void skip(String what, String reason) {
    skipped.add(what + ": " + reason);
  }

  private static StateKey key(Object[] values, int from) {
    return new StateKey((String) values[from], (String) values[from + 1]);
  }

  private static void once(Object old, String row, Object[] values) {
    assertThat(old).as("second row %s %s", row, Arrays.toString(values)).isNull();
  }

  /** The group and its predecessors, the group first. */
  List<Long> chain(long group) {
    List<Long> chain = new ArrayList<>();
    for (Long id = group; id != null; id = edges.get(id)) {
      chain.add(id);
    }
    return chain;
  }

  /** For each entry the row of the group with the largest id along the chain. */
  Map<StateKey, String> state(long group) {
    Map<StateKey, Long> from = new HashMap<>();
    Map<StateKey, String> state = new HashMap<>();
    for (long id : chain(group)) {
      entries
          .getOrDefault(id, Map.of())
          .forEach(
              (key, event) -> {
                if (from.getOrDefault(key, 0L) < id) {
                  from.put(key, id);
                  state.put(key, event);
                }
              });
    }
    return state;
  }

  Map<StateKey, String> stateOf(String event) {
    assertThat(eventGroups).containsKey(event);
    return state(eventGroups.get(event));
  }

  /** What holds for any set of groups. */
  void checkGroups() {
    Set<Map<StateKey, String>> contents = new HashSet<>();
    for (long id : groups.keySet()) {
      List<Long> chain = chain(id);
      assertThat(groups).containsKeys(chain.toArray(Long[]::new));
      assertThat(chain)
          .as("ids ascend along a chain")
          .isSortedAccordingTo((a, b) -> Long.compare(b, a));
      assertThat(chain.size() - 1).isLessThanOrEqualTo(StateGroupWriter.LONGEST_CHAIN);
      assertThat(contents.add(state(id))).as("group %s repeats another", id).isTrue();
    }
    assertThat(groups.keySet()).containsAll(entries.keySet()).containsAll(edges.keySet());
    assertThat(groups.keySet()).containsAll(eventGroups.values());
  }
}
