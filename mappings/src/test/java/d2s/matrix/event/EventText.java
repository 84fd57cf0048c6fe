package d2s.matrix.event;

import java.util.regex.Matcher;

/** Writes events for tests, one change at a time. */
public final class EventText {

  private static final String MESSAGE =
      """
      {"auth_events":["$a"],"content":{},"depth":3,"hashes":{"sha256":"x"},\
      "origin_server_ts":1700000000000,"prev_events":["$p"],"room_id":"!room:example.org",\
      "sender":"@alice:example.org","signatures":{},"type":"m.room.message"}""";

  private EventText() {}

  /** A message without content. */
  public static String message() {
    return MESSAGE;
  }

  /** The message with another value of a member that it has. */
  static String with(String member, String json) {
    return MESSAGE.replaceFirst(
        "\"" + member + "\":(\\{[^}]*}|\\[[^]]*]|\"[^\"]*\"|\\d+)",
        "\"" + member + "\":" + Matcher.quoteReplacement(json));
  }

  /** The message without a member. */
  static String without(String member) {
    return with(member, "0").replaceFirst(",?\"" + member + "\":0", "").replace("{,", "{");
  }

  /** The message and one more member. */
  public static String and(String member, String json) {
    return MESSAGE.substring(0, MESSAGE.length() - 1) + ",\"" + member + "\":" + json + "}";
  }

  /** An event of this type and state key, null for none. */
  public static String event(String type, String stateKey, String content) {
    String key = stateKey == null ? "" : ",\"state_key\":\"" + stateKey + "\"";
    return with("content", content).replace("\"m.room.message\"", "\"" + type + "\"" + key);
  }

  public static Pdu parse(String json) {
    return Pdu.parse(json, "$id", RoomVersion.V10);
  }
}
