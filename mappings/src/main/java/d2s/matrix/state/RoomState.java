package d2s.matrix.state;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import java.util.List;
import java.util.Map;

/**
 * The state of one room at each of its events, its current state, and how that came about.
 *
 * <p>Dendrite keeps with each event a snapshot of the state <em>before</em> it; Synapse wants the
 * group of the state <em>after</em> each event. The package description says what each relation
 * must hold and with which SQL.
 */
public final class RoomState implements Hook {

  private String serverName;
  private long lastGroup;

  @Override
  public List<RowShape> reads() {
    return List.of(
        RowShape.of("room", "state_snapshot_nid", "extremity_snapshot_nid"),
        RowShape.of(
            "state", "event_id", "type", "state_key", "membership", "stream_ordering", "sender"),
        RowShape.of(
            "state_events", "event_nid", "event_id", "state_snapshot_nid", "rejected", "outlier"),
        RowShape.of("blocks", "state_block_nid", "event_nids"),
        RowShape.of("snapshots", "state_snapshot_nid", "state_block_nids"),
        RowShape.of("events", "event_nid", "event_id", "state_snapshot_nid"),
        RowShape.of("changes", "stream_id", "add_state_ids", "remove_state_ids"));
  }

  @Override
  public List<RowShape> emits() {
    return List.of(
        RowShape.of("state_group", "id", "room_id", "event_id"),
        RowShape.of("edge", "id", "prev_id"),
        RowShape.of("entry", "group_id", "room_id", "type", "state_key", "event_id"),
        RowShape.of("event_group", "event_id", "group_id"),
        RowShape.of(
            "current", "room_id", "type", "state_key", "event_id", "membership", "stream_ordering"),
        RowShape.of(
            "delta", "stream_id", "room_id", "type", "state_key", "event_id", "prev_event_id"),
        RowShape.of(
            "local_membership",
            "room_id",
            "user_id",
            "event_id",
            "membership",
            "stream_ordering",
            "sender"));
  }

  /**
   * @throws IllegalArgumentException if there is no text fact {@code server_name}
   */
  @Override
  public void start(Map<String, Object> facts) {
    if (!(facts.get("server_name") instanceof String name)) {
      throw new IllegalArgumentException(
          "RoomState needs the fact server_name to tell local users from remote ones; declare it in"
              + " the facts of the mapping set");
    }
    serverName = name;
  }

  @Override
  public void group(Group group, Emitter out) {
    String room = group.key().toString();
    StateDefects damage = new StateDefects();
    StateEvents events = new StateEvents(serverName);
    events.readTarget(group.rows("state"));
    events.readSource(group.rows("state_events"));
    if (events.hasCreate()) {
      write(room, group, events, damage, out);
    } else if (group.rows("events").next()) {
      damage.add(StateDefects.Kind.NO_CREATE_EVENT, room);
    }
    damage.report(room, out);
  }

  private void write(
      String room, Group group, StateEvents events, StateDefects damage, Emitter out) {
    long currentSnapshot = 0;
    long extremitySnapshot = 0;
    Rows row = group.rows("room");
    if (row.next()) {
      currentSnapshot = row.integer(0);
      extremitySnapshot = row.isNull(1) ? 0 : row.integer(1);
    }
    StateBlocks blocks = new StateBlocks(events, damage, group.rows("blocks"));
    StateHistory history = new StateHistory(room, lastGroup, events, blocks, damage, out);
    int[] last = history.write(group.rows("snapshots"), currentSnapshot, extremitySnapshot);
    history.assign(group.rows("events"));
    lastGroup += history.groups();

    CurrentState current = new CurrentState(room, events, last);
    current.write(damage, out);
    new StateDeltas(room, events, damage, out)
        .write(group.rows("changes"), current.hasLocalUser() ? last : null);
  }
}
