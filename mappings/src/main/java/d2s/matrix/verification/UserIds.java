package d2s.matrix.verification;

/** User ids. */
public final class UserIds {

  private UserIds() {}

  /**
   * Whether a user belongs to a server.
   *
   * @param server a colon and the name of the server
   */
  public static boolean isOf(String userId, String server) {
    return userId.startsWith("@")
        && userId.endsWith(server)
        && userId.indexOf(':') == userId.length() - server.length();
  }
}
