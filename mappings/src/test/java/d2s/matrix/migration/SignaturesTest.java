package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every signature in a migrated database verifies, checked with nothing of the program: keys and
 * signatures as the specification has them, and as Synapse puts them together.
 */
class SignaturesTest {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /** Public keys by "user key-id". */
  private final Map<String, String> publicKeys = new HashMap<>();

  /** What can be signed, by "user name": a device id or a public key. */
  private final Map<String, Map<String, Object>> signed = new TreeMap<>();

  private int verified;

  @ParameterizedTest
  @CsvSource({
    "dendrite-0.13.8, @alice:d.test:31448, @bob:d.test:31448, @pia:p.test:31548",
    "dendrite-0.15.2, @alice:d.test:31498, @bob:d.test:31498, @pia:p.test:31598"
  })
  void verify(String recording, String alice, String bob, String pia) throws Exception {
    try (MigratedRecording migrated = MigratedRecording.of(recording)) {
      assertThat(migrated.skipped("user_keys")).isEmpty();
      for (String row :
          migrated.rows("select user_id, device_id, key_json from e2e_device_keys_json")) {
        addDevice(row);
      }
      for (String row :
          migrated.rows(
              "select user_id, device_id, content::json->'keys' from device_lists_remote_cache")) {
        addDevice(row);
      }
      for (String row :
          migrated.rows("select user_id, keytype, keydata from e2e_cross_signing_keys")) {
        addCrossSigningKey(row);
      }
      // Five devices and three users with three keys here; one device and two keys there.
      assertThat(signed).hasSize(5 + 1 + 9 + 2);

      for (Map.Entry<String, Map<String, Object>> entry : signed.entrySet()) {
        verifyInside(entry.getKey().split(" ")[0], entry.getValue());
      }
      // Itself for every device, BOBDEV1, CAROLDEV1 and PIADEV1 also by the self-signing key when
      // they were uploaded; four master keys by themselves and a device; seven keys by the master.
      assertThat(verified).isEqualTo(6 + 3 + 4 * 2 + 7);

      List<String> rows =
          migrated.rows(
              "select user_id, key_id, target_user_id, target_device_id, signature"
                  + " from e2e_cross_signing_signatures");
      for (String row : rows) {
        String[] part = row.split("\\|");
        verify(part[0], part[1], signed.get(part[2] + " " + part[3]), part[4]);
      }
      assertThat(rows)
          .as("two devices by self-signing keys, a user by another, three master keys")
          .hasSize(2 + 1 + 3);
      assertThat(rows)
          .anyMatch(row -> row.startsWith(alice + "|") && row.contains("|" + bob + "|"));
      assertThat(masterKey(migrated, pia)).contains("ed25519:PIADEV1");
    }
  }

  private static String masterKey(MigratedRecording migrated, String userId) throws Exception {
    return migrated
        .rows(
            "select keydata from e2e_cross_signing_keys where keytype = 'master' and user_id = '"
                + userId
                + "'")
        .get(0);
  }

  private void addDevice(String row) throws Exception {
    String[] part = row.split("\\|", 3);
    Map<String, Object> keys = JSON.readValue(part[2], new TypeReference<>() {});
    assertThat(keys).doesNotContainKey("unsigned");
    signed.put(part[0] + " " + part[1], keys);
    publicKeys.put(part[0] + " ed25519:" + part[1], text(keys, "keys", "ed25519:" + part[1]));
  }

  private void addCrossSigningKey(String row) throws Exception {
    String[] part = row.split("\\|", 3);
    Map<String, Object> key = JSON.readValue(part[2], new TypeReference<>() {});
    assertThat(key).containsOnlyKeys("user_id", "usage", "keys", "signatures");
    assertThat(key).containsEntry("user_id", part[0]).containsEntry("usage", List.of(part[1]));
    Map<?, ?> keys = (Map<?, ?>) key.get("keys");
    assertThat(keys).hasSize(1);
    String publicKey = (String) keys.values().iterator().next();
    assertThat(keys.keySet().iterator().next()).isEqualTo("ed25519:" + publicKey);
    signed.put(part[0] + " " + publicKey, key);
    publicKeys.put(part[0] + " ed25519:" + publicKey, publicKey);
  }

  private static String text(Map<String, Object> object, String member, String name) {
    return (String) ((Map<?, ?>) object.get(member)).get(name);
  }

  private void verifyInside(String userId, Map<String, Object> object) throws Exception {
    Map<?, ?> signatures = (Map<?, ?>) object.get("signatures");
    assertThat(signatures.keySet()).isEqualTo(java.util.Set.of(userId));
    for (Map.Entry<?, ?> signature : ((Map<?, ?>) signatures.get(userId)).entrySet()) {
      verify(userId, (String) signature.getKey(), object, (String) signature.getValue());
      verified++;
    }
  }

  private void verify(String userId, String keyId, Map<String, Object> object, String signature)
      throws Exception {
    String publicKey = publicKeys.get(userId + " " + keyId);
    assertThat(publicKey).as("key %s of %s", keyId, userId).isNotNull();
    assertThat(object).as("what %s of %s has signed", keyId, userId).isNotNull();
    Map<String, Object> bare = new TreeMap<>(object);
    bare.remove("signatures");
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point(publicKey))));
    verifier.update(JSON.writeValueAsString(bare).getBytes(StandardCharsets.UTF_8));
    assertThat(verifier.verify(Base64.getDecoder().decode(signature)))
        .as("signature of %s of %s", keyId, userId)
        .isTrue();
  }

  /** The y coordinate is little-endian, and the highest bit is that of x. */
  private static EdECPoint point(String publicKey) {
    byte[] bytes = Base64.getDecoder().decode(publicKey);
    boolean odd = bytes[31] < 0;
    byte[] reversed = new byte[32];
    for (int i = 0; i < 32; i++) {
      reversed[i] = bytes[31 - i];
    }
    reversed[0] &= 0x7f;
    return new EdECPoint(odd, new java.math.BigInteger(1, reversed));
  }
}
