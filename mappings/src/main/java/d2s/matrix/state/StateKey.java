package d2s.matrix.state;

/** What an entry of the room state is found by. */
record StateKey(String type, String key) {

  static final StateKey CREATE = new StateKey("m.room.create", "");

  /** Whether entries under this key say how a user of the given server stands to the room. */
  boolean isMemberOf(String serverName) {
    // The server name may hold a colon itself (a port), the local part cannot.
    return type.equals("m.room.member")
        && key.startsWith("@")
        && key.substring(key.indexOf(':') + 1).equals(serverName);
  }
}
