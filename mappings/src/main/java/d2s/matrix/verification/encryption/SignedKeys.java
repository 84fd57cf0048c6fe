package d2s.matrix.verification.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.matrix.json.CanonicalJson;
import d2s.matrix.verification.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public keys of one user on one side, with the signatures on them, wherever they stand. Keys
 * go by the name that signatures give them: a device by its id, a cross-signing key by itself.
 */
final class SignedKeys {

  private static final String ALGORITHM = "ed25519:";

  /** Where a signature stands. */
  enum Place {
    /** Inside the object that is signed: everybody sees it. */
    INSIDE,
    /** In a table: whoever made it sees it, and on devices everybody. */
    TABLE
  }

  /**
   * One signature.
   *
   * @param signer the name of the key that signed
   * @param signed the name of the key that was signed
   */
  record Mark(String signerUser, String signer, String signed, String signature) {}

  /** A key, and the bytes that signatures of it are over. */
  private record Key(Ed25519Key key, byte[] bytes, boolean device) {}

  private final String userId;
  private final Map<String, Key> keys = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<Mark, List<Place>> marks = new HashMap<>();
  private boolean ambiguous;

  SignedKeys(String userId) {
    this.userId = userId;
  }

  /** Adds the keys of a device; false if they are none. */
  boolean addDevice(String deviceId, ObjectNode object) {
    String base64 = EventJson.text(object.path("keys"), ALGORITHM + deviceId);
    return add(deviceId, base64, object, true);
  }

  /**
   * Adds a cross-signing key; false if it is none.
   *
   * @param usage what it is for: {@code master}, {@code self_signing} or {@code user_signing}
   */
  boolean addCrossSigningKey(String usage, ObjectNode object) {
    for (Map.Entry<String, JsonNode> key : object.path("keys").properties()) {
      String name = Ed25519Key.normal(key.getValue().asText());
      if (key.getKey().equals(ALGORITHM + name) && add(name, name, object, false)) {
        String before = names.put(usage, name);
        ambiguous |= before != null && !before.equals(name);
        return true;
      }
    }
    return false;
  }

  private boolean add(String name, String base64, ObjectNode object, boolean device) {
    Optional<Ed25519Key> key = base64 == null ? Optional.empty() : Ed25519Key.of(base64);
    if (key.isEmpty()) {
      return false;
    }
    ObjectNode signed = object.deepCopy();
    signed.remove(List.of("signatures", "unsigned"));
    byte[] bytes = CanonicalJson.of(signed.toString()).getBytes(StandardCharsets.UTF_8);
    keys.put(name, new Key(key.get(), bytes, device));
    for (Map.Entry<String, JsonNode> own : object.path("signatures").path(userId).properties()) {
      addSignature(userId, own.getKey(), name, own.getValue().asText(), Place.INSIDE);
    }
    return true;
  }

  /**
   * Adds a signature.
   *
   * @param signerId the key that signed, with or without the name of the algorithm
   * @param signedId the key that was signed, likewise
   */
  void addSignature(
      String signerUser, String signerId, String signedId, String signature, Place place) {
    Mark mark = new Mark(signerUser, name(signerId), name(signedId), Ed25519Key.normal(signature));
    marks.computeIfAbsent(mark, m -> new ArrayList<>()).add(place);
  }

  /** A device id that looks like base64 stays what it is if there is such a device. */
  private String name(String id) {
    String name = id.startsWith(ALGORITHM) ? id.substring(ALGORITHM.length()) : id;
    return keys.containsKey(name) ? name : Ed25519Key.normal(name);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Whether there are two cross-signing keys for one use, which only a broken index allows. */
  boolean isAmbiguous() {
    return ambiguous;
  }

  /** The cross-signing key for a use, or null. */
  String crossSigningKey(String usage) {
    return names.get(usage);
  }

  boolean isDevice(String name) {
    Key key = keys.get(name);
    return key != null && key.device();
  }

  Map<Mark, List<Place>> marks() {
    return marks;
  }

  /**
   * Whether a signature is true.
   *
   * @param signers the keys of the user who made it
   * @param checked knows those that were checked before
   * @return empty if one of the two keys is not known
   */
  Optional<Boolean> verify(Mark mark, SignedKeys signers, CheckedSignatures checked) {
    Key signed = keys.get(mark.signed());
    Key signer = signers.keys.get(mark.signer());
    return signed == null || signer == null
        ? Optional.empty()
        : Optional.of(checked.isTrue(signer.key(), signed.bytes(), mark.signature()));
  }
}
