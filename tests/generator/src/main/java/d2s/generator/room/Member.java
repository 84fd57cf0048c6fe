package d2s.generator.room;

import d2s.generator.event.StateEvent;

/** What a person is in a room, and the last event of each membership. */
public final class Member {
  static final String[] VALUES = {"join", "invite", "leave", "ban"};

  final Person person;
  String membership;
  StateEvent event;

  /** By place in {@link #VALUES}; null if the person never was that. */
  private final StateEvent[] last = new StateEvent[VALUES.length];

  /** Place in the list of those who are joined. */
  int place = -1;

  /** Whether the person reads what comes; others let it pile up. */
  public boolean reads;

  long unread;

  Member(Person person) {
    this.person = person;
  }

  void become(String value, StateEvent stateEvent) {
    membership = value;
    event = stateEvent;
    for (int i = 0; i < VALUES.length; i++) {
      if (VALUES[i].equals(value)) {
        last[i] = stateEvent;
      }
    }
  }

  StateEvent lastOf(int value) {
    return last[value];
  }

  /** As in {@code roomserver_membership}: 1 left or banned, 2 invited, 3 joined. */
  int nid() {
    return switch (membership) {
      case "join" -> 3;
      case "invite" -> 2;
      default -> 1;
    };
  }
}
