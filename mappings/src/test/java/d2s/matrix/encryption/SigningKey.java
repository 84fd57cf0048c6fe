package d2s.matrix.encryption;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An Ed25519 key pair that signs JSON as clients do, without any code of the program. */
final class SigningKey {

  static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private final KeyPair pair;

  SigningKey() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The public key: the last 32 bytes of its X.509 form. */
  String publicKey() {
    byte[] encoded = pair.getPublic().getEncoded();
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
  }

  String id() {
    return "ed25519:" + publicKey();
  }

  /** Signs an object of short ASCII texts, for which sorted compact JSON is the canonical form. */
  String sign(Map<String, ?> object) {
    Map<String, Object> signed = new LinkedHashMap<>(object);
    signed.remove("signatures");
    signed.remove("unsigned");
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(pair.getPrivate());
      signer.update(JSON.writeValueAsString(signed).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().withoutPadding().encodeToString(signer.sign());
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  /** This key as a cross-signing key of a user, unsigned. */
  Map<String, Object> crossSigningKey(String userId, String usage) {
    return Map.of("user_id", userId, "usage", List.of(usage), "keys", Map.of(id(), publicKey()));
  }

  /** The keys of a device that signs with this key, unsigned. */
  Map<String, Object> deviceKeys(String userId, String deviceId) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("algorithms", List.of("m.olm.v1.curve25519-aes-sha2"));
    object.put("device_id", deviceId);
    object.put("keys", Map.of("ed25519:" + deviceId, publicKey()));
    object.put("user_id", userId);
    return object;
  }

  /** The keys of a device as a client uploads them. */
  String upload(String userId, String deviceId) {
    return upload(userId, deviceId, Map.of());
  }

  /**
   * The same with further signatures by the user.
   *
   * @param more by the id of the key that signed
   */
  String upload(String userId, String deviceId, Map<String, String> more) {
    Map<String, Object> object = deviceKeys(userId, deviceId);
    Map<String, String> signatures = new LinkedHashMap<>(more);
    signatures.putIfAbsent("ed25519:" + deviceId, sign(object));
    object.put("signatures", Map.of(userId, signatures));
    return json(object);
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
