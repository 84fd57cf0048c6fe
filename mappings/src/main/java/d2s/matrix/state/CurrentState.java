package d2s.matrix.state;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;

/** The last state of one room that Dendrite knows. */
final class CurrentState {

  static final RowShape CURRENT = RowShape.of("current");
  private static final TextColumn ROOM_ID = CURRENT.text("room_id");
  private static final TextColumn TYPE = CURRENT.text("type");
  private static final TextColumn STATE_KEY = CURRENT.text("state_key");
  private static final TextColumn EVENT_ID = CURRENT.text("event_id");
  private static final TextColumn MEMBERSHIP = CURRENT.text("membership");
  private static final IntegerColumn STREAM_ORDERING = CURRENT.integer("stream_ordering");

  static final RowShape LOCAL_MEMBERSHIP = RowShape.of("local_membership");
  private static final TextColumn MEMBER_ROOM = LOCAL_MEMBERSHIP.text("room_id");
  private static final TextColumn MEMBER = LOCAL_MEMBERSHIP.text("user_id");
  private static final TextColumn MEMBER_EVENT = LOCAL_MEMBERSHIP.text("event_id");
  private static final TextColumn MEMBER_MEMBERSHIP = LOCAL_MEMBERSHIP.text("membership");
  private static final IntegerColumn MEMBER_ORDERING = LOCAL_MEMBERSHIP.integer("stream_ordering");
  private static final TextColumn MEMBER_SENDER = LOCAL_MEMBERSHIP.text("sender");

  private final String room;
  private final StateEvents events;
  private final int[] state;
  private final boolean localUser;

  /**
   * @param state the event of each slot, or null if no state is known
   */
  CurrentState(String room, StateEvents events, int[] state) {
    this.room = room;
    this.events = events;
    this.state = state == null ? new int[0] : state;
    boolean found = false;
    for (int slot = 0; slot < this.state.length && !found; slot++) {
      found = events.isLocalMember(slot) && events.isJoin(this.state[slot]);
    }
    localUser = found;
  }

  /** Whether a user of this server is joined. */
  boolean hasLocalUser() {
    return localUser;
  }

  /**
   * Emits the state as current, unless every local user is gone: then Synapse keeps none, for it no
   * longer learns of changes. The memberships of local users are kept in any case.
   */
  void write(StateDefects defects, Emitter out) {
    for (int slot = 0; slot < state.length; slot++) {
      int event = state[slot];
      if (event == StateEvents.NONE) {
        continue;
      }
      StateKey key = events.key(slot);
      String id = events.id(event);
      if (localUser) {
        out.row(CURRENT)
            .set(ROOM_ID, room)
            .set(TYPE, key.type())
            .set(STATE_KEY, key.key())
            .set(EVENT_ID, id)
            .set(MEMBERSHIP, events.membership(event))
            .set(STREAM_ORDERING, events.streamOrdering(event))
            .emit();
      }
      if (events.isLocalMember(slot)) {
        if (events.membership(event) == null) {
          defects.add(StateDefects.Kind.NO_MEMBERSHIP, id);
        } else {
          out.row(LOCAL_MEMBERSHIP)
              .set(MEMBER_ROOM, room)
              .set(MEMBER, key.key())
              .set(MEMBER_EVENT, id)
              .set(MEMBER_MEMBERSHIP, events.membership(event))
              .set(MEMBER_ORDERING, events.streamOrdering(event))
              .set(MEMBER_SENDER, events.sender(event))
              .emit();
        }
      }
    }
  }
}
