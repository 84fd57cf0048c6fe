package d2s.testing;

/** JSON objects with names of members that a stranger has thought up. */
public final class HostileNames {

  /**
   * Two texts of one hash in the table of names of a JSON parser, and so is what is made of them.
   */
  private static final String[] ALIKE = {"Ab", "BA"};

  private static final int PARTS = 9;

  private HostileNames() {}

  /** 512 names of one hash. */
  public static String ofOneHash() {
    StringBuilder json = new StringBuilder("{");
    for (int number = 0; number < 1 << PARTS; number++) {
      json.append(number == 0 ? "\"" : ",\"");
      for (int part = 0; part < PARTS; part++) {
        json.append(ALIKE[number >> part & 1]);
      }
      json.append("\":1");
    }
    return json.append('}').toString();
  }

  /** One name as long as an event can hold it. */
  public static String veryLong() {
    return "{\"" + "x".repeat(60_000) + "\":1}";
  }
}
