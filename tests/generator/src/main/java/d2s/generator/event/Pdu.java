package d2s.generator.event;

import d2s.generator.random.Chance;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * An event with its hashes, its signature and its ID, as the specification of its room version has
 * it.
 */
public final class Pdu {
  private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();
  private static final Base64.Encoder FOR_URLS = Base64.getUrlEncoder().withoutPadding();
  private static final MessageDigest SHA256 = sha256();

  private final String id;
  private final boolean local;
  private final String json;
  private final String redactedJson;

  private Pdu(String id, boolean local, String json, String redactedJson) {
    this.id = id;
    this.local = local;
    this.json = json;
    this.redactedJson = redactedJson;
  }

  /** Makes an event of the room, to be sent at this time (milliseconds). */
  static Pdu of(Draft draft, Room room, long depth, long time, Chance chance) {
    Server server = draft.sender().server;
    boolean assigned = room.version <= 2;
    String given = assigned ? "$" + chance.letters(16) + ":" + server.name() : null;
    String auth =
        "\"auth_events\":" + references(draft.auth().stream().map(StateEvent::id).toList(), room);
    String content = "\"content\":" + draft.content();
    String place = "\"depth\":" + depth + (assigned ? ",\"event_id\":" + Json.quote(given) : "");
    String origin = server.local() ? "\"origin\":\"" + server.name() + "\"," : "";
    String previous =
        "\"origin_server_ts\":"
            + time
            + ",\"prev_events\":"
            + references(draft.previous().stream().map(Reference::id).toList(), room);
    String previousState = server.local() && draft.key() != null ? ",\"prev_state\":[]" : "";
    String redacts = draft.redacts() == null ? "" : ",\"redacts\":" + Json.quote(draft.redacts());
    String who = ",\"room_id\":\"" + room.id + "\",\"sender\":" + Json.quote(draft.sender().id);
    String what =
        (draft.key() == null ? "" : "\"state_key\":" + Json.quote(draft.key()) + ",")
            + "\"type\":\""
            + draft.type()
            + '"';

    String hashed =
        "{"
            + auth
            + ','
            + content
            + ','
            + place
            + ','
            + origin
            + previous
            + previousState
            + redacts
            + who
            + ','
            + what
            + '}';
    String hashes = "\"hashes\":{\"sha256\":\"" + BASE64.encodeToString(digest(hashed)) + "\"}";
    boolean origins = room.version < 11;
    String prunedHead =
        "{"
            + auth
            + ",\"content\":"
            + draft.pruned()
            + ','
            + place
            + ','
            + hashes
            + ','
            + (origins ? origin : "")
            + previous
            + (origins ? previousState : "")
            + who;
    byte[] pruned = (prunedHead + ',' + what + '}').getBytes(StandardCharsets.UTF_8);
    String signatures =
        ",\"signatures\":{\""
            + server.name()
            + "\":{\"ed25519:"
            + server.keyId()
            + "\":\""
            + server.key().sign(pruned)
            + "\"}},";
    String id =
        assigned
            ? given
            : "$" + (room.version == 3 ? BASE64 : FOR_URLS).encodeToString(SHA256.digest(pruned));
    String json =
        "{"
            + auth
            + ','
            + content
            + ','
            + place
            + ','
            + hashes
            + ','
            + origin
            + previous
            + previousState
            + redacts
            + who
            + signatures
            + what
            + (draft.inviteState() == null
                ? ""
                : ",\"unsigned\":{\"invite_room_state\":" + draft.inviteState() + "}");
    return new Pdu(id, server.local(), json, prunedHead + signatures + what);
  }

  String id() {
    return id;
  }

  /** The text in {@code roomserver_event_json}. */
  String stored() {
    return stored(json + '}');
  }

  /** The same after a redaction. */
  String storedRedacted(Pdu redaction, long redactionNid) {
    return redactedJson
        + ",\"unsigned\":{\"redacted_because\":{\"EventNID\":"
        + redactionNid
        + ",\"PDU\":"
        + redaction.stored()
        + "},\"redacted_by\":"
        + Json.quote(redaction.id)
        + "}}";
  }

  /**
   * The text in the tables of the sync component.
   *
   * @param unsigned what that component adds, JSON; or null
   */
  String headered(Room room, String unsigned) {
    return stored(json) + (unsigned == null ? "" : ",\"unsigned\":" + unsigned) + header(room, id);
  }

  /** The same after a redaction; events whose ID is a hash lose it. */
  String headeredRedacted(Room room, Draft redaction, Pdu redactionPdu, long time) {
    return redactedJson
        + ",\"unsigned\":{\"redacted_because\":{\"content\":"
        + redaction.content()
        + ",\"event_id\":"
        + Json.quote(redactionPdu.id)
        + ",\"origin_server_ts\":"
        + time
        + ",\"redacts\":"
        + Json.quote(redaction.redacts())
        + ",\"sender\":"
        + Json.quote(redaction.sender().id)
        + ",\"type\":\"m.room.redaction\"},\"redacted_by\":"
        + Json.quote(redactionPdu.id)
        + "}"
        + header(room, room.version <= 2 ? id : "");
  }

  private String stored(String canonical) {
    return local ? Json.forHtml(canonical) : canonical;
  }

  private static String header(Room room, String id) {
    return ",\"_room_version\":\"" + room.version + "\",\"_event_id\":" + Json.quote(id) + "}";
  }

  private static String references(List<String> ids, Room room) {
    StringBuilder text = new StringBuilder("[");
    for (String id : ids) {
      if (text.length() > 1) {
        text.append(',');
      }
      if (room.version <= 2) {
        text.append("[\"")
            .append(id)
            .append("\",{\"sha256\":\"")
            .append(id, 1, id.indexOf(':'))
            .append("\"}]");
      } else {
        text.append('"').append(id).append('"');
      }
    }
    return text.append(']').toString();
  }

  private static byte[] digest(String text) {
    return SHA256.digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
