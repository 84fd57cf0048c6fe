package d2s.matrix.encryption;

import d2s.engine.function.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A cross-signing key. Dendrite keeps only the public key and the signatures; the object that the
 * client uploaded is made again from the members that every client signs: {@code user_id}, {@code
 * usage} and {@code keys}.
 */
final class CrossSigningKey implements Signable {

  private final String userId;
  private final KeyType type;
  private final PublicKey key;
  private final byte[] signedBytes;
  private final Map<String, String> signatures = new TreeMap<>();

  CrossSigningKey(String userId, KeyType type, PublicKey key) {
    this.userId = userId;
    this.type = type;
    this.key = key;
    signedBytes = Signable.bytes(unsigned());
  }

  private Map<String, Object> unsigned() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("user_id", userId);
    object.put("usage", List.of(type.usage()));
    object.put("keys", Map.of(id(), key.base64()));
    return object;
  }

  KeyType type() {
    return type;
  }

  PublicKey key() {
    return key;
  }

  /** What signatures call it. */
  String id() {
    return "ed25519:" + key.base64();
  }

  /** The signature of a key, or null if it has not signed. */
  String signature(String keyId) {
    return signatures.get(keyId);
  }

  @Override
  public String words() {
    return "the " + type.words() + " of " + userId;
  }

  @Override
  public byte[] signedBytes() {
    return signedBytes;
  }

  @Override
  public void add(String keyId, String signature) {
    signatures.put(keyId, signature);
  }

  /** The object as clients get it, with all signatures of its owner. */
  String json() {
    Map<String, Object> object = unsigned();
    if (!signatures.isEmpty()) {
      object.put("signatures", Map.of(userId, signatures));
    }
    return Json.write(object);
  }
}
