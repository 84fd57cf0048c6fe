package d2s.matrix.verification;

/** What an entry of a room's state is found by: a type and a state key. */
final class StateKeys {

  private StateKeys() {}

  /** One text for both; neither can hold NUL, since PostgreSQL cannot. */
  static String of(String type, String stateKey) {
    return type + '\0' + stateKey;
  }
}
