package d2s.matrix.event;

import d2s.matrix.json.JsonSlices;
import java.util.Set;

/**
 * Writes an event again for {@code event_json.json}, from the slices that it was read from.
 *
 * <p>Synapse recomputes the id of an event from its JSON whenever it reads it, and a difference
 * fails the whole request. So nothing that is hashed is touched: no member is added, dropped or
 * written in another way.
 */
public final class StoredJson {

  private StoredJson() {}

  /**
   * All members as they were, but for three that are never hashed:
   *
   * <ul>
   *   <li>{@code unsigned} is reduced to what Synapse itself stores, see {@link #appendUnsigned};
   *   <li>{@code event_id} of an event whose id is a hash: with it Synapse takes the event for
   *       unreadable;
   *   <li>{@code room_id} of a create event that the room is named after, for the same reason.
   * </ul>
   */
  public static String of(Pdu pdu) {
    JsonSlices members = pdu.members();
    if (isUnchanged(pdu)) {
      return pdu.source();
    }
    StringBuilder out = new StringBuilder(pdu.source().length()).append('{');
    for (int i = 0; i < members.size(); i++) {
      String name = members.name(i);
      if (name.equals("unsigned")) {
        appendUnsigned(pdu, false, out);
      } else if (isStored(pdu, name)) {
        members.appendMember(i, separated(out));
      }
    }
    return out.append('}').toString();
  }

  /** As {@link #of}, without some members and without {@code unsigned}. */
  public static String without(Pdu pdu, Set<String> names) {
    JsonSlices members = pdu.members();
    StringBuilder out = new StringBuilder(pdu.source().length()).append('{');
    for (int i = 0; i < members.size(); i++) {
      String name = members.name(i);
      if (!name.equals("unsigned") && !names.contains(name) && isStored(pdu, name)) {
        members.appendMember(i, separated(out));
      }
    }
    return out.append('}').toString();
  }

  /** The pruned event, as {@link RedactionRules} say, and written like {@link #of}. */
  public static String redacted(Pdu pdu) {
    return redactedWithout(pdu, Set.of());
  }

  /** As {@link #redacted}, without some members. */
  public static String redactedWithout(Pdu pdu, Set<String> names) {
    RedactionRules rules = pdu.getRoomVersion().redactionRules();
    JsonSlices members = pdu.members();
    StringBuilder out = new StringBuilder(pdu.source().length()).append('{');
    for (int i = 0; i < members.size(); i++) {
      String name = members.name(i);
      if (names.contains(name)) {
        continue;
      }
      if (name.equals("unsigned")) {
        appendUnsigned(pdu, true, out);
      } else if (name.equals("content")) {
        members.appendName(i, separated(out));
        appendRedactedContent(pdu, rules, out);
      } else if (rules.members().contains(name) && isStored(pdu, name)) {
        members.appendMember(i, separated(out));
      }
    }
    return out.append('}').toString();
  }

  private static boolean isUnchanged(Pdu pdu) {
    JsonSlices members = pdu.members();
    if (members.hasRepeatedNames()) {
      return false;
    }
    for (int i = 0; i < members.size(); i++) {
      String name = members.name(i);
      if (name.equals("unsigned") || !isStored(pdu, name)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isStored(Pdu pdu, String name) {
    return switch (name) {
      case "event_id" -> pdu.getRoomVersion().isEventIdAssigned();
      case "room_id" -> !(pdu.isCreate() && pdu.getRoomVersion().isRoomNamedAfterCreateEvent());
      default -> true;
    };
  }

  /**
   * Appends what Synapse keeps of {@code unsigned}: the stripped state of an invite or a knock, if
   * it is a list; the state event that this one replaced; when the event was made. Anything else it
   * computes itself or ignores, and what Dendrite puts there for a redaction is not even an event.
   * If nothing is left, {@code unsigned} is left out.
   */
  private static void appendUnsigned(Pdu pdu, boolean redacted, StringBuilder out) {
    JsonSlices unsigned = pdu.unsigned();
    if (unsigned == null) {
      return;
    }
    boolean any = false;
    for (int i = 0; i < unsigned.size(); i++) {
      boolean kept =
          switch (unsigned.name(i)) {
            case "age_ts" -> unsigned.isInteger(i);
            case "replaces_state" -> unsigned.kind(i) == '"';
            case "invite_room_state", "knock_room_state" -> !redacted && unsigned.kind(i) == '[';
            default -> false;
          };
      if (kept) {
        if (any) {
          out.append(',');
        } else {
          separated(out).append("\"unsigned\":{");
          any = true;
        }
        unsigned.appendMember(i, out);
      }
    }
    if (any) {
      out.append('}');
    }
  }

  private static void appendRedactedContent(Pdu pdu, RedactionRules rules, StringBuilder out) {
    JsonSlices content = pdu.content();
    boolean all = rules.createContentStays() && pdu.getType().equals("m.room.create");
    Set<String> kept = rules.contentMembers(pdu.getType());
    out.append('{');
    for (int i = 0; i < content.size(); i++) {
      String name = content.name(i);
      if (all || kept.contains(name)) {
        content.appendMember(i, separated(out));
      } else if (name.equals("third_party_invite")
          && rules.signedInviteStays()
          && pdu.getType().equals("m.room.member")
          && content.kind(i) == '{') {
        content.appendName(i, separated(out));
        appendSigned(content.object(name), out);
      }
    }
    out.append('}');
  }

  private static void appendSigned(JsonSlices invite, StringBuilder out) {
    out.append('{');
    int signed = invite.indexOf("signed");
    if (signed >= 0) {
      invite.appendMember(signed, out);
    }
    out.append('}');
  }

  private static StringBuilder separated(StringBuilder out) {
    return out.charAt(out.length() - 1) == '{' ? out : out.append(',');
  }
}
