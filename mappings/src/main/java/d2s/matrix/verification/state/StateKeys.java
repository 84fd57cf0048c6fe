package d2s.matrix.verification.state;

/** What an entry of a room's state is found by: a type and a state key. */
public final class StateKeys {

  /** The event that a room began with. */
  static final String CREATE = of("m.room.create", "");

  private StateKeys() {}

  /** One text for both; neither can hold NUL, since PostgreSQL cannot. */
  public static String of(String type, String stateKey) {
    return type + '\0' + stateKey;
  }
}
