package d2s.matrix.verification.state;

import d2s.matrix.verification.Interner;
import d2s.matrix.verification.rows.ByKey;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The state groups of one room in Synapse. A group is what its predecessor is, but for its own
 * entries.
 */
final class Groups {

  /** Queries for {@link ByKey}. */
  static final String GROUPS =
      """
      select g.room_id, g.id, x.prev_state_group
      from state_groups g
      left join state_group_edges x on x.state_group = g.id
      """;

  static final String ENTRIES =
      """
      select g.room_id, s.state_group, s.type, s.state_key, s.event_id
      from state_groups_state s
      join state_groups g on g.id = s.state_group
      """;

  private record Entry(int key, int event) {}

  private record Step(long group, boolean leave, int mark) {}

  private final Map<Long, List<Entry>> entries = new HashMap<>();
  private final Map<Long, List<Long>> successors = new HashMap<>();
  private final List<Long> first = new ArrayList<>();

  /** Reads the groups of a room; its keys and events get numbers. */
  static Groups read(
      String room, ByKey rooms, String groups, String entries, Interner keys, Interner events)
      throws SQLException {
    Groups read = new Groups();
    rooms.read(
        room,
        groups,
        row -> {
          long id = row.getLong("id");
          long predecessor = row.getLong("prev_state_group");
          if (row.wasNull()) {
            read.first.add(id);
          } else {
            read.successors.computeIfAbsent(predecessor, group -> new ArrayList<>()).add(id);
          }
        });
    rooms.read(
        room,
        entries,
        row ->
            read.entries
                .computeIfAbsent(row.getLong("state_group"), group -> new ArrayList<>())
                .add(
                    new Entry(
                        keys.of(StateKeys.of(row.getString("type"), row.getString("state_key"))),
                        events.of(row.getString("event_id")))));
    return read;
  }

  /** Visits every group that can be reached, each after its predecessor, with its state. */
  void walk(BiConsumer<Long, WalkedState> visitor) {
    WalkedState state = new WalkedState();
    Set<Long> seen = new HashSet<>();
    Deque<Step> open = new ArrayDeque<>();
    first.forEach(group -> open.push(new Step(group, false, 0)));
    while (!open.isEmpty()) {
      Step step = open.pop();
      if (step.leave()) {
        state.backTo(step.mark());
      } else if (seen.add(step.group())) {
        open.push(new Step(step.group(), true, state.mark()));
        for (Entry entry : entries.getOrDefault(step.group(), List.of())) {
          state.put(entry.key(), entry.event());
        }
        visitor.accept(step.group(), state);
        for (long successor : successors.getOrDefault(step.group(), List.of())) {
          open.push(new Step(successor, false, 0));
        }
      }
    }
  }
}
