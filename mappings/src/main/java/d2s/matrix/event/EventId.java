package d2s.matrix.event;

import d2s.matrix.json.CanonicalJson;
import d2s.matrix.json.JsonSlices;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The hashes of an event: the one that is its id, and the one over its content. */
public final class EventId {

  private static final Set<String> NOT_IN_ID = Set.of("signatures", "unsigned", "age_ts");

  /** Where a room is named after its create event, whatever the state key of the event is. */
  private static final Set<String> NOT_IN_ID_OF_CREATE =
      Set.of("signatures", "unsigned", "age_ts", "room_id");

  private static final Set<String> NOT_IN_CONTENT_HASH =
      Set.of("signatures", "age_ts", "hashes", "outlier", "destinations");

  private EventId() {}

  /**
   * The id that Synapse computes for the stored event.
   *
   * <p>In room versions 1 and 2 that is the id that the event itself says, else the hash of the
   * redacted event, in standard base64 in version 3 and in URL-safe base64 later.
   *
   * @throws MalformedEventException if there is none: the event does not say its id, or what is
   *     hashed has no UTF-8 form
   */
  public static String of(Pdu pdu) {
    if (pdu.getRoomVersion().isEventIdAssigned()) {
      String id = pdu.members().text("event_id");
      if (id == null) {
        throw new MalformedEventException(pdu.getEventId(), "does not say its own id");
      }
      return id;
    }
    Base64.Encoder base64 =
        pdu.getRoomVersion().isEventIdUrlSafe() ? Base64.getUrlEncoder() : Base64.getEncoder();
    return "$" + base64.withoutPadding().encodeToString(referenceHash(pdu));
  }

  /**
   * Whether the content is what its sender hashed. It is not after a redaction, and need not be for
   * events that Dendrite stored before it had canonical JSON right; Synapse does not check it on
   * stored events, but other servers do when they get the event.
   */
  public static boolean contentHashMatches(Pdu pdu) {
    JsonSlices hashes = pdu.members().object("hashes");
    byte[] expected = hashes == null ? null : decode(hashes.text("sha256"));
    if (expected == null) {
      return false;
    }
    String json = StoredJson.without(pdu, NOT_IN_CONTENT_HASH);
    // Where numbers are not integers, servers differ in how they write them.
    return Arrays.equals(expected, hash(pdu, json, CanonicalJson::of))
        || Arrays.equals(expected, hash(pdu, json, CanonicalJson::withNumbersAsWritten));
  }

  private static byte[] referenceHash(Pdu pdu) {
    boolean unnamed =
        pdu.getType().equals("m.room.create") && pdu.getRoomVersion().isRoomNamedAfterCreateEvent();
    Set<String> omitted = unnamed ? NOT_IN_ID_OF_CREATE : NOT_IN_ID;
    return hash(pdu, StoredJson.redactedWithout(pdu, omitted), CanonicalJson::of);
  }

  private static byte[] hash(Pdu pdu, String json, UnaryOperator<String> canonical) {
    try {
      byte[] hashed = CanonicalJson.utf8(canonical.apply(json));
      return MessageDigest.getInstance("SHA-256").digest(hashed);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException(
          pdu.getEventId(),
          "holds half of a surrogate pair or a number that is too large where it is hashed");
    }
  }

  private static byte[] decode(String base64) {
    if (base64 == null) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
