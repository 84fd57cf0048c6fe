package d2s.matrix.encryption;

import d2s.engine.function.Json;
import d2s.engine.function.TextFunctions;
import d2s.matrix.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object that keys sign: the keys of a device, or a cross-signing key. */
interface Signable {

  /** What the object is, for sentences. */
  String words();

  /** The bytes that a signature is over. */
  byte[] signedBytes();

  /**
   * Takes a signature of the owner of this object that was verified.
   *
   * @param keyId the key that signed, {@code ed25519:...}
   */
  void add(String keyId, String signature);

  /**
   * The bytes that signatures of an object are over: its canonical form without what the signatures
   * leave out (Matrix specification, appendix on signing JSON).
   *
   * @throws IllegalArgumentException if the object has no canonical form
   */
  static byte[] bytes(Map<String, ?> object) {
    Map<String, Object> signed = new LinkedHashMap<>(object);
    signed.remove("signatures");
    signed.remove("unsigned");
    String canonical = CanonicalJson.of(Json.write(signed));
    if (!TextFunctions.isStorable(canonical)) {
      throw new IllegalArgumentException("half of a surrogate pair");
    }
    return canonical.getBytes(StandardCharsets.UTF_8);
  }
}
