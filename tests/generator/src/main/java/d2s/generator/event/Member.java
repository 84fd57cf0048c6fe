package d2s.generator.event;

/** What a person is in a room, and the last event of each membership. */
public final class Member {
  public static final String[] VALUES = {"join", "invite", "leave", "ban"};

  public final Person person;
  public String membership;
  public StateEvent event;

  /** By place in {@link #VALUES}; null if the person never was that. */
  private final StateEvent[] last = new StateEvent[VALUES.length];

  /** Place in the list of those who are joined. */
  int place = -1;

  /** Whether the person reads what comes; others let it pile up. */
  public boolean reads;

  public long unread;

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

  public StateEvent lastOf(int value) {
    return last[value];
  }

  /** As in {@code roomserver_membership}: 1 left or banned, 2 invited, 3 joined. */
  public int nid() {
    return switch (membership) {
      case "join" -> 3;
      case "invite" -> 2;
      default -> 1;
    };
  }
}
