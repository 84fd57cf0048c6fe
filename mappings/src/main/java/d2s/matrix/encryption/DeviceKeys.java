package d2s.matrix.encryption;

import d2s.engine.function.Json;
import d2s.matrix.event.ClientJson;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The identity keys of a device, as its client uploaded them, with the client's signatures. */
final class DeviceKeys implements Signable {

  private final String userId;
  private final String deviceId;
  private final String json;
  private final Map<String, Object> object;
  private final byte[] signedBytes;
  private final PublicKey key;
  private final Map<String, String> added = new TreeMap<>();
  private final Set<String> refused = new LinkedHashSet<>();

  /**
   * @throws IllegalArgumentException if this is nothing that Synapse could serve; the message says
   *     why, without a word of the text
   */
  DeviceKeys(String userId, String deviceId, String json) {
    this.userId = userId;
    this.deviceId = deviceId;
    String defect = ClientJson.defect(json);
    if (defect != null) {
      throw new IllegalArgumentException(defect);
    }
    if (!ClientJson.isObject(json)) {
      throw new IllegalArgumentException("it is not an object");
    }
    this.json = ClientJson.without(json, "unsigned");
    object = members(Json.parse(this.json));
    signedBytes = Signable.bytes(object);
    for (Object signatures : members(object.get("signatures")).values()) {
      members(signatures);
    }
    key = PublicKey.of(text(members(object.get("keys")).get(keyId()))).orElse(null);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> members(Object value) {
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("its members are not of the shape that Matrix prescribes");
  }

  private static String text(Object value) {
    return value instanceof String text ? text : "";
  }

  String deviceId() {
    return deviceId;
  }

  /** What signatures call the key that this device signs with. */
  String keyId() {
    return "ed25519:" + deviceId;
  }

  /** The key that this device signs with, or null without one. */
  PublicKey key() {
    return key;
  }

  /** Whether there are any keys in it: other servers also list devices without. */
  boolean hasKeys() {
    return !members(object.get("keys")).isEmpty();
  }

  /** Whether it says itself that it is the device that it was stored for. */
  boolean isConsistent() {
    return userId.equals(object.get("user_id")) && deviceId.equals(object.get("device_id"));
  }

  /** The signatures of the owner that the client uploaded, by the id of the key that signed. */
  Map<String, Object> ownSignatures() {
    return members(members(object.get("signatures")).get(userId));
  }

  /** One of these, empty if it is missing or no text. */
  String ownSignature(String signingKeyId) {
    return text(ownSignatures().get(signingKeyId));
  }

  /** Whether the device has signed its own keys, once its signatures were verified. */
  boolean isSignedByItself() {
    return key != null && ownSignatures().containsKey(keyId()) && !refused.contains(keyId());
  }

  /** Drops a signature that the client uploaded: it does not verify. */
  void refuse(String signingKeyId) {
    refused.add(signingKeyId);
  }

  @Override
  public String words() {
    return "the device " + deviceId + " of " + userId;
  }

  @Override
  public byte[] signedBytes() {
    return signedBytes;
  }

  @Override
  public void add(String signingKeyId, String signature) {
    if (!signature.equals(ownSignatures().get(signingKeyId))) {
      added.put(signingKeyId, signature);
    }
  }

  /** The signatures that came after the upload, by the id of the key that signed. */
  Map<String, String> addedSignatures() {
    return added;
  }

  /** The bytes of the client, but for {@code unsigned} and for what was {@link #refuse refused}. */
  String json() {
    return refused.isEmpty() && !hasNullSignatures() ? json : Json.write(with(Map.of()));
  }

  /** Synapse adds signatures to the object that it finds here, and fails if it finds null. */
  private boolean hasNullSignatures() {
    return isNull(object, "signatures") || isNull(members(object.get("signatures")), userId);
  }

  private static boolean isNull(Map<String, Object> object, String name) {
    return object.containsKey(name) && object.get(name) == null;
  }

  /** The object with all signatures of its owner. */
  Map<String, Object> complete() {
    return with(added);
  }

  private Map<String, Object> with(Map<String, String> more) {
    Map<String, Object> own = new LinkedHashMap<>(ownSignatures());
    own.keySet().removeAll(refused);
    own.putAll(more);
    Map<String, Object> signatures = new LinkedHashMap<>(members(object.get("signatures")));
    signatures.put(userId, own);
    Map<String, Object> result = new LinkedHashMap<>(object);
    result.put("signatures", signatures);
    return result;
  }
}
