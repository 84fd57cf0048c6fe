package d2s.matrix.verification;

/** User ids. */
final class UserIds {

  private UserIds() {}

  /**
   * Whether a user belongs to a server.
   *
   * @param server a colon and the name of the server
   */
  static boolean isOf(String userId, String server) {
    return userId.startsWith("@")
        && userId.endsWith(server)
        && userId.indexOf(':') == userId.length() - server.length();
  }
}
