package d2s.generator.event;

import java.util.List;

/** The content of state events, whole and as a redaction leaves it. */
public record StateContent(String type, String key, String whole, String pruned) {

  public static StateContent create(Person creator, int version) {
    String whole =
        version >= 11
            ? "{\"room_version\":\"" + version + "\"}"
            : "{\"creator\":" + Json.quote(creator.id) + ",\"room_version\":\"" + version + "\"}";
    String pruned = version >= 11 ? whole : "{\"creator\":" + Json.quote(creator.id) + "}";
    return new StateContent("m.room.create", "", whole, pruned);
  }

  public static StateContent powerLevels(Person creator, int version) {
    String head =
        "{\"ban\":50,\"events\":{\"m.room.avatar\":50,\"m.room.canonical_alias\":50,"
            + "\"m.room.encryption\":100,\"m.room.history_visibility\":100,\"m.room.name\":50,"
            + "\"m.room.power_levels\":100,\"m.room.server_acl\":100,\"m.room.tombstone\":100},"
            + "\"events_default\":0,";
    String tail =
        "\"redact\":50,\"state_default\":50,\"users\":{"
            + Json.quote(creator.id)
            + ":100},\"users_default\":0}";
    return new StateContent(
        "m.room.power_levels",
        "",
        head + "\"invite\":0,\"kick\":50,\"notifications\":{\"room\":50}," + tail,
        head + (version >= 11 ? "\"invite\":0," : "") + "\"kick\":50," + tail);
  }

  public static StateContent joinRules(boolean isPublic) {
    String content = "{\"join_rule\":\"" + (isPublic ? "public" : "invite") + "\"}";
    return new StateContent("m.room.join_rules", "", content, content);
  }

  public static StateContent historyVisibility() {
    String content = "{\"history_visibility\":\"shared\"}";
    return new StateContent("m.room.history_visibility", "", content, content);
  }

  public static StateContent guestAccess() {
    return plain("m.room.guest_access", "{\"guest_access\":\"can_join\"}");
  }

  public static StateContent name(String name) {
    return plain("m.room.name", "{\"name\":" + Json.quote(name) + "}");
  }

  public static StateContent topic(String topic) {
    return plain("m.room.topic", "{\"topic\":" + Json.quote(topic) + "}");
  }

  public static StateContent alias(String alias) {
    return plain("m.room.canonical_alias", "{\"alias\":" + Json.quote(alias) + "}");
  }

  public static StateContent encryption() {
    return plain(
        "m.room.encryption",
        "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"rotation_period_ms\":604800000,"
            + "\"rotation_period_msgs\":100}");
  }

  private static StateContent plain(String type, String content) {
    return new StateContent(type, "", content, "{}");
  }

  /**
   * A membership.
   *
   * @param membership {@code join}, {@code invite}, {@code leave} or {@code ban}
   * @param displayName null leaves the profile out
   */
  public static StateContent member(Person target, String membership, String displayName) {
    String tail = "\"membership\":\"" + membership + "\"}";
    String profile =
        displayName == null
            ? ""
            : "\"avatar_url\":"
                + Json.quote(target.avatar)
                + ",\"displayname\":"
                + Json.quote(displayName)
                + ",";
    return new StateContent("m.room.member", target.id, "{" + profile + tail, "{" + tail);
  }

  /** As an event by the sender, after the newest events of the room. */
  public Draft by(Person sender, Room room) {
    return Draft.state(type, key, sender, whole, pruned, room);
  }

  /** The same for a membership. */
  public Draft by(Person sender, Person target, String membership, Room room, String inviteState) {
    List<StateEvent> auth = room.authOfMember(sender, target, membership);
    return new Draft(type, key, sender, whole, pruned, auth, room.extremities, null, inviteState);
  }
}
