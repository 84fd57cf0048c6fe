package d2s.matrix.state;

import d2s.engine.extension.Emitter;

/** The last state of one room that Dendrite knows. */
final class CurrentState {

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
   * longer learns of changes (synapse.md 2.5). The memberships of local users are kept in any case.
   */
  void write(StateDefects damage, Emitter out) {
    for (int slot = 0; slot < state.length; slot++) {
      int event = state[slot];
      if (event == StateEvents.NONE) {
        continue;
      }
      StateKey key = events.key(slot);
      String id = events.id(event);
      if (localUser) {
        out.emit(
            "current",
            room,
            key.type(),
            key.key(),
            id,
            events.membership(event),
            events.streamOrdering(event));
      }
      if (events.isLocalMember(slot)) {
        if (events.membership(event) == null) {
          damage.add(StateDefects.Kind.NO_MEMBERSHIP, id);
        } else {
          out.emit(
              "local_membership",
              room,
              key.key(),
              id,
              events.membership(event),
              events.streamOrdering(event),
              events.sender(event));
        }
      }
    }
  }
}
