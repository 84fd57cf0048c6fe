package d2s.cli.acceptance;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Holds the state that Synapse's tables give at every event against Dendrite's snapshots, both read
 * in the plainest way.
 *
 * <p>Dendrite: the events of the snapshot's blocks, a later block before an earlier one, inside a
 * block the higher NID; that is the state before the event. Synapse: the entries of the event's
 * group and all its predecessors, the highest group first; that is the state after the event.
 */
final class StateAtEveryEvent {

  /** A type and state key, as Synapse's tables have them from the event itself. */
  private record Tuple(String type, String stateKey) {}

  private record SourceEvent(String eventId, long snapshot, boolean rejected) {}

  private final Map<Long, SourceEvent> events = new HashMap<>();
  private final Map<Long, long[]> blocks = new HashMap<>();
  private final Map<Long, long[]> snapshots = new HashMap<>();
  private final Map<String, Tuple> tuples = new HashMap<>();
  private final Map<String, Long> groups = new HashMap<>();
  private final Map<Long, Long> predecessors = new HashMap<>();
  private final Map<Long, Map<Tuple, String>> entries = new HashMap<>();

  /**
   * What was compared.
   *
   * @param events how many events
   * @param differences event ids with another state, or with a state on one side only
   */
  record Result(int events, List<String> differences) {}

  static Result compare(Connection dendrite, Connection synapse) throws SQLException {
    StateAtEveryEvent states = new StateAtEveryEvent();
    states.readDendrite(dendrite);
    states.readSynapse(synapse);
    return states.compare();
  }

  private Result compare() {
    Map<Long, Map<Tuple, String>> before = new HashMap<>();
    Map<Long, Map<Tuple, String>> after = new HashMap<>();
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (Map.Entry<Long, SourceEvent> entry : events.entrySet()) {
      SourceEvent event = entry.getValue();
      Tuple own = tuples.get(event.eventId());
      boolean create = own != null && own.type().equals("m.room.create");
      Long group = groups.get(event.eventId());
      if (event.snapshot() == 0 && !(create && group != null)) {
        if (group != null) {
          differences.add(event.eventId());
        }
        continue;
      }
      Map<Tuple, String> expected =
          create
              ? new HashMap<>()
              : new HashMap<>(before.computeIfAbsent(event.snapshot(), this::snapshotState));
      if (own != null && !event.rejected()) {
        expected.put(own, event.eventId());
      }
      compared++;
      if (group == null || !expected.equals(after.computeIfAbsent(group, this::groupState))) {
        differences.add(event.eventId());
      }
    }
    return new Result(compared, differences);
  }

  private Map<Tuple, String> snapshotState(long snapshot) {
    Map<Tuple, String> state = new HashMap<>();
    for (long block : Objects.requireNonNull(snapshots.get(snapshot))) {
      for (long nid : Objects.requireNonNull(blocks.get(block))) {
        String eventId = events.get(nid).eventId();
        state.put(Objects.requireNonNull(tuples.get(eventId)), eventId);
      }
    }
    return state;
  }

  private Map<Tuple, String> groupState(long group) {
    // From the highest group down, so that what is there already wins.
    TreeMap<Long, Map<Tuple, String>> chain = new TreeMap<>();
    for (Long at = group; at != null; at = predecessors.get(at)) {
      chain.put(at, entries.getOrDefault(at, Map.of()));
    }
    Map<Tuple, String> state = new HashMap<>();
    chain.descendingMap().values().forEach(part -> part.forEach(state::putIfAbsent));
    return state;
  }

  private void readDendrite(Connection dendrite) throws SQLException {
    read(
        dendrite,
        "select event_nid, event_id, state_snapshot_nid, is_rejected from roomserver_events",
        row ->
            events.put(
                row.getLong(1),
                new SourceEvent(row.getString(2), row.getLong(3), row.getBoolean(4))));
    read(
        dendrite,
        "select state_block_nid, event_nids from roomserver_state_block",
        row -> blocks.put(row.getLong(1), numbers(row.getArray(2))));
    read(
        dendrite,
        "select state_snapshot_nid, state_block_nids from roomserver_state_snapshots",
        row -> snapshots.put(row.getLong(1), numbers(row.getArray(2))));
  }

  private void readSynapse(Connection synapse) throws SQLException {
    read(
        synapse,
        "select event_id, type, state_key from state_events",
        row -> tuples.put(row.getString(1), new Tuple(row.getString(2), row.getString(3))));
    read(
        synapse,
        "select event_id, state_group from event_to_state_groups",
        row -> groups.put(row.getString(1), row.getLong(2)));
    read(
        synapse,
        "select state_group, prev_state_group from state_group_edges",
        row -> predecessors.put(row.getLong(1), row.getLong(2)));
    read(
        synapse,
        "select state_group, type, state_key, event_id from state_groups_state",
        row ->
            entries
                .computeIfAbsent(row.getLong(1), group -> new HashMap<>())
                .put(new Tuple(row.getString(2), row.getString(3)), row.getString(4)));
  }

  private static long[] numbers(Array array) throws SQLException {
    Long[] boxed = (Long[]) array.getArray();
    long[] numbers = new long[boxed.length];
    for (int i = 0; i < boxed.length; i++) {
      numbers[i] = boxed[i];
    }
    return numbers;
  }

  @FunctionalInterface
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private static void read(Connection connection, String sql, RowReader reader)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }
}
