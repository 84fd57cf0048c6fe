package d2s.matrix.event;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a redaction leaves of an event, by room version.
 *
 * <p>Source: the room version pages of the Matrix specification, checked against both servers. They
 * agree but for one thing: from version 11 on the specification and Synapse keep {@code signed} of
 * a member event's {@code third_party_invite}, and Dendrite does not. Synapse's answer counts here,
 * since it recomputes every event id when it reads an event.
 *
 * @param members the top-level members that stay
 * @param content the members of the content that stay, by event type; none for other types
 * @param createContentStays whether the content of a create event stays as it is
 * @param signedInviteStays whether a member event keeps {@code third_party_invite.signed}
 */
public record RedactionRules(
    Set<String> members,
    Map<String, Set<String>> content,
    boolean createContentStays,
    boolean signedInviteStays) {

  private static final Set<String> MEMBERS =
      Set.of(
          "event_id",
          "type",
          "room_id",
          "sender",
          "state_key",
          "content",
          "hashes",
          "signatures",
          "depth",
          "prev_events",
          "auth_events",
          "origin_server_ts",
          "unsigned");

  private static final Set<String> MEMBERS_BEFORE_11 = Set.of("origin", "membership", "prev_state");

  private static final Set<String> POWER_LEVELS =
      Set.of(
          "ban",
          "events",
          "events_default",
          "kick",
          "redact",
          "state_default",
          "users",
          "users_default");

  static RedactionRules ofStableVersion(int version) {
    Set<String> members = new HashSet<>(MEMBERS);
    if (version < 11) {
      members.addAll(MEMBERS_BEFORE_11);
    }
    Map<String, Set<String>> content = new HashMap<>();
    content.put("m.room.history_visibility", Set.of("history_visibility"));
    content.put(
        "m.room.member",
        version >= 9
            ? Set.of("membership", "join_authorised_via_users_server")
            : Set.of("membership"));
    content.put(
        "m.room.join_rules", version >= 8 ? Set.of("join_rule", "allow") : Set.of("join_rule"));
    Set<String> powerLevels = new HashSet<>(POWER_LEVELS);
    if (version >= 11) {
      powerLevels.add("invite");
      content.put("m.room.redaction", Set.of("redacts"));
    } else {
      content.put("m.room.create", Set.of("creator"));
    }
    content.put("m.room.power_levels", Set.copyOf(powerLevels));
    if (version <= 5) {
      content.put("m.room.aliases", Set.of("aliases"));
    }
    return new RedactionRules(
        Set.copyOf(members), Map.copyOf(content), version >= 11, version >= 11);
  }

  /** The members that stay in the content of an event of this type. */
  public Set<String> contentMembers(String type) {
    return content.getOrDefault(type, Set.of());
  }
}
