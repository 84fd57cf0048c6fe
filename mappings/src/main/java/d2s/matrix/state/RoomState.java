package d2s.matrix.state;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowColumn.IntegerColumn;
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

  private static final RowShape ROOM = RowShape.of("room");
  private static final IntegerColumn CURRENT_SNAPSHOT = ROOM.integer("state_snapshot_nid");
  private static final IntegerColumn EXTREMITY_SNAPSHOT = ROOM.integer("extremity_snapshot_nid");

  private String serverName;
  private long lastGroup;

  @Override
  public String description() {
    return "Turns the snapshots of the state before each event into groups of the state after each"
        + " event. On the way it finds the current state of the room, the stream of its changes and"
        + " the memberships of local users.";
  }

  @Override
  public List<RowShape> reads() {
    return List.of(
        ROOM,
        StateEvents.STATE,
        StateEvents.STATE_EVENTS,
        StateBlocks.BLOCKS,
        StateHistory.SNAPSHOTS,
        OtherTables.LAST_KNOWN,
        OtherTables.MEMBERS,
        StateHistory.EXTREMITIES,
        StateHistory.EVENTS,
        StateDeltas.CHANGES);
  }

  @Override
  public List<RowShape> emits() {
    return List.of(
        StateGroupWriter.STATE_GROUP,
        StateGroupWriter.EDGE,
        StateGroupWriter.ENTRY,
        StateHistory.EVENT_GROUP,
        CurrentState.CURRENT,
        StateDeltas.DELTA,
        CurrentState.LOCAL_MEMBERSHIP);
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
    StateDefects defects = new StateDefects();
    StateEvents events = new StateEvents(serverName);
    events.readTarget(group.rows(StateEvents.STATE));
    events.readSource(group.rows(StateEvents.STATE_EVENTS));
    if (events.hasCreate()) {
      write(room, group, events, defects, out);
    } else if (group.rows(StateHistory.EVENTS).next()) {
      defects.add(StateDefects.Kind.NO_CREATE_EVENT, room);
    }
    defects.report(room, out);
  }

  private void write(
      String room, Group group, StateEvents events, StateDefects defects, Emitter out) {
    long currentSnapshot = 0;
    long extremitySnapshot = 0;
    Rows row = group.rows(ROOM);
    if (row.next()) {
      currentSnapshot = row.get(CURRENT_SNAPSHOT);
      extremitySnapshot = row.isNull(EXTREMITY_SNAPSHOT) ? 0 : row.get(EXTREMITY_SNAPSHOT);
    }
    StateBlocks blocks = new StateBlocks(events, defects, group.rows(StateBlocks.BLOCKS));
    StateHistory history = new StateHistory(room, lastGroup, events, blocks, defects, out);
    int[] last =
        history.write(
            group.rows(StateHistory.SNAPSHOTS),
            currentSnapshot,
            extremitySnapshot,
            new OtherTables(
                events,
                defects,
                group.rows(OtherTables.LAST_KNOWN),
                group.rows(OtherTables.MEMBERS)),
            group.rows(StateHistory.EXTREMITIES));
    history.assign(group.rows(StateHistory.EVENTS));
    lastGroup += history.groups();

    CurrentState current = new CurrentState(room, events, last);
    current.write(defects, out);
    new StateDeltas(room, events, defects, out)
        .write(group.rows(StateDeltas.CHANGES), current.hasLocalUser() ? last : null);
  }
}
