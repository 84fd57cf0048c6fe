package d2s.matrix.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserKeysTest {

  private static final String ALICE = "@alice:here";
  private static final String BOB = "@bob:here";
  private static final String PIA = "@pia:there";

  private final SigningKey master = new SigningKey();
  private final SigningKey selfSigning = new SigningKey();
  private final SigningKey userSigning = new SigningKey();
  private final SigningKey device = new SigningKey();

  /** A user with a device and cross-signing keys, all signed as clients do. */
  private UserKeysScenario crossSigned(String userId) {
    return new UserKeysScenario(userId)
        .key(1, master.publicKey())
        .key(2, selfSigning.publicKey())
        .key(3, userSigning.publicKey())
        .device("DEVICE", device.upload(userId, "DEVICE"))
        .signature(master.id(), master.id(), master.sign(masterKey(userId)))
        .signature("ed25519:DEVICE", master.id(), device.sign(masterKey(userId)))
        .signature(
            master.id(),
            selfSigning.id(),
            master.sign(selfSigning.crossSigningKey(userId, "self_signing")))
        .signature(
            master.id(),
            userSigning.id(),
            master.sign(userSigning.crossSigningKey(userId, "user_signing")))
        .signature(
            selfSigning.id(), "DEVICE", selfSigning.sign(device.deviceKeys(userId, "DEVICE")));
  }

  private Map<String, Object> masterKey(String userId) {
    return master.crossSigningKey(userId, "master");
  }

  private static JsonNode parse(Object json) throws java.io.IOException {
    return SigningKey.JSON.readTree((String) json);
  }

  @Test
  void signaturesOfOwnCrossSigningKeysStandInsideThem() throws Exception {
    UserKeysScenario written = crossSigned(ALICE).run();

    assertThat(written.column("cross_signing_key", "type"))
        .containsExactly("master", "self_signing", "user_signing");
    assertThat(written.column("cross_signing_key", "number")).containsExactly(1L, 2L, 3L);
    JsonNode masterKey = parse(written.column("cross_signing_key", "key_data").get(0));
    assertThat(masterKey.get("usage")).hasSize(1);
    assertThat(masterKey.at("/keys").get(master.id()).asText()).isEqualTo(master.publicKey());
    assertThat(masterKey.get("signatures").get(ALICE).get(master.id()).asText())
        .isEqualTo(master.sign(masterKey(ALICE)));
    assertThat(masterKey.get("signatures").get(ALICE).get("ed25519:DEVICE").asText())
        .isEqualTo(device.sign(masterKey(ALICE)));
    for (int key = 1; key < 3; key++) {
      JsonNode other = parse(written.column("cross_signing_key", "key_data").get(key));
      assertThat(other.get("signatures").get(ALICE)).hasSize(1);
      assertThat(other.get("signatures").get(ALICE).has(master.id())).isTrue();
    }
    assertThat(written.skipped()).isEmpty();
  }

  @Test
  void signaturesOfDevicesAndByDevicesStandInTheTable() {
    UserKeysScenario written = crossSigned(ALICE).run();

    assertThat(written.emitted("signature")).hasSize(2);
    assertThat(written.column("signature", "key_id"))
        .containsExactly(selfSigning.id(), "ed25519:DEVICE");
    assertThat(written.column("signature", "target"))
        .as("a cross-signing key is named without ed25519:")
        .containsExactly("DEVICE", master.publicKey());
    assertThat(written.column("signature", "target_user_id")).containsOnly(ALICE);
  }

  @Test
  void bothFormsOfTheTargetAndEveryFormOfBase64AreUnderstood() throws Exception {
    String padded = master.publicKey() + "=";
    UserKeysScenario written =
        new UserKeysScenario(ALICE)
            .key(1, padded)
            .key(2, selfSigning.publicKey().replace('+', '-').replace('/', '_'))
            .signature("ed25519:" + padded, padded, master.sign(masterKey(ALICE)) + "==")
            .signature(
                master.id(),
                selfSigning.publicKey(),
                master.sign(selfSigning.crossSigningKey(ALICE, "self_signing")))
            .run();

    for (Object keyData : written.column("cross_signing_key", "key_data")) {
      String signature = parse(keyData).get("signatures").get(ALICE).get(master.id()).asText();
      assertThat(signature).hasSize(86).doesNotContain("=");
    }
  }

  @Test
  void anotherUsersSignatureOfTheMasterKeyStandsInTheTable() {
    SigningKey bobs = new SigningKey();
    UserKeysScenario written =
        crossSigned(ALICE)
            .signatureOf(BOB, bobs.id(), master.id(), bobs.sign(masterKey(ALICE)), bobs.publicKey())
            .run();

    assertThat(written.emitted("signature"))
        .filteredOn(row -> row.get("user_id").equals(BOB))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.get("key_id")).isEqualTo(bobs.id());
              assertThat(row.get("target_user_id")).isEqualTo(ALICE);
              assertThat(row.get("target")).isEqualTo(master.publicKey());
            });
  }

  @Test
  void oneSignatureInTwoFormsIsOneRow() {
    SigningKey bobs = new SigningKey();
    String signature = bobs.sign(masterKey(ALICE));
    UserKeysScenario written =
        crossSigned(ALICE)
            .signatureOf(BOB, bobs.id(), master.id(), signature, bobs.publicKey())
            .signatureOf(BOB, bobs.id(), master.publicKey(), signature, bobs.publicKey())
            .signatureOf(BOB, bobs.id() + "=", master.id(), signature, bobs.publicKey())
            .signature(
                selfSigning.id() + "=",
                "DEVICE",
                selfSigning.sign(device.deviceKeys(ALICE, "DEVICE")))
            .run();
    assertThat(written.emitted("signature")).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void leftoversOfReplacedKeysAreLeftBehindWithoutAWord() {
    SigningKey old = new SigningKey();
    SigningKey bobs = new SigningKey();
    UserKeysScenario written =
        new UserKeysScenario(ALICE)
            .key(1, master.publicKey())
            .device("DEVICE", device.upload(ALICE, "DEVICE"))
            // by keys and devices that are no longer there
            .signature(old.id(), "DEVICE", old.sign(device.deviceKeys(ALICE, "DEVICE")))
            .signature("ed25519:GONE", master.id(), old.sign(masterKey(ALICE)))
            // of keys and devices that are no longer there
            .signature(master.id(), old.id(), master.sign(old.crossSigningKey(ALICE, "master")))
            .signature(master.id(), "GONE", master.sign(old.deviceKeys(ALICE, "GONE")))
            // by a user-signing key that was replaced, or of which nothing is known
            .signatureOf(BOB, old.id(), master.id(), old.sign(masterKey(ALICE)), bobs.publicKey())
            .signatureOf(BOB, old.id(), master.id(), old.sign(masterKey(ALICE)), null)
            // of a key that only its owner signs
            .signatureOf(
                BOB,
                bobs.id(),
                "DEVICE",
                bobs.sign(device.deviceKeys(ALICE, "DEVICE")),
                bobs.publicKey())
            .run();

    assertThat(written.emitted("signature")).isEmpty();
    assertThat(written.column("cross_signing_key", "key_data"))
        .singleElement()
        .asString()
        .doesNotContain("signatures");
    assertThat(written.skipped()).isEmpty();
  }

  @Test
  void aSignatureThatDoesNotVerifyIsNamedAndNotPassedOn() throws Exception {
    SigningKey bobs = new SigningKey();
    String wrong = master.sign(Map.of("something", "else"));
    UserKeysScenario written =
        new UserKeysScenario(ALICE)
            .key(1, master.publicKey())
            .key(2, selfSigning.publicKey())
            .device("DEVICE", device.upload(ALICE, "DEVICE"))
            .signature(master.id(), selfSigning.id(), wrong)
            .signature(selfSigning.id(), "DEVICE", "no base64!")
            .signatureOf(BOB, bobs.id(), master.id(), wrong, bobs.publicKey())
            .run();

    assertThat(written.emitted("signature")).isEmpty();
    assertThat(parse(written.column("cross_signing_key", "key_data").get(1)).has("signatures"))
        .isFalse();
    assertThat(written.skipped())
        .containsExactlyInAnyOrder(
            "the signature of the self-signing key of @alice:here by the master key",
            "the signature of the device DEVICE of @alice:here by the self-signing key",
            "the signature of the master key of @alice:here by @bob:here");
  }

  @Test
  void aForgedSignatureInAnothersNameIsNotBelieved() {
    SigningKey bobs = new SigningKey();
    SigningKey forger = new SigningKey();
    UserKeysScenario written =
        crossSigned(ALICE)
            .signatureOf(
                BOB, bobs.id(), master.id(), forger.sign(masterKey(ALICE)), bobs.publicKey())
            .run();
    assertThat(written.column("signature", "user_id")).containsOnly(ALICE);
    assertThat(written.skipped()).hasSize(1);
  }

  @Test
  void theBytesOfTheClientStayButForUnsigned() {
    String signature = device.sign(device.deviceKeys(ALICE, "DEVICE"));
    String uploaded =
        "{ \"user_id\" : \"@alice:here\",\n \"unsigned\": {\"device_display_name\":\"x\"},"
            + "\"device_id\":\"\\u0044EVICE\", \"algorithms\":[ \"m.olm.v1.curve25519-aes-sha2\"],"
            + " \"keys\":{\"ed25519:DEVICE\":\""
            + device.publicKey()
            + "\"}, \"signatures\":{\"@alice:here\":{\"ed25519:DEVICE\":\""
            + signature
            + "\"}} }";
    UserKeysScenario written = new UserKeysScenario(ALICE).device("DEVICE", uploaded).run();

    assertThat(written.column("device", "key_json"))
        .containsExactly(
            "{\"user_id\" : \"@alice:here\",\"device_id\":\"\\u0044EVICE\","
                + "\"algorithms\":[ \"m.olm.v1.curve25519-aes-sha2\"],"
                + "\"keys\":{\"ed25519:DEVICE\":\""
                + device.publicKey()
                + "\"},\"signatures\":{\"@alice:here\":{\"ed25519:DEVICE\":\""
                + signature
                + "\"}}}");
    assertThat(written.skipped()).as("the signature verifies").isEmpty();
  }

  @Test
  void aFalseSignatureInTheUploadIsTakenOutAndAnUnknownOneStays() throws Exception {
    Map<String, String> signatures = new LinkedHashMap<>();
    signatures.put("ed25519:DEVICE", device.sign(Map.of()));
    signatures.put("ed25519:unknown", "AAAA");
    UserKeysScenario written =
        new UserKeysScenario(ALICE)
            .device("DEVICE", device.upload(ALICE, "DEVICE", signatures))
            .run();

    JsonNode kept = parse(written.column("device", "key_json").get(0)).get("signatures").get(ALICE);
    assertThat(kept.has("ed25519:DEVICE")).isFalse();
    assertThat(kept.get("ed25519:unknown").asText()).isEqualTo("AAAA");
    assertThat(written.skipped())
        .containsExactly("the signature of the device DEVICE of @alice:here by the device DEVICE");
  }

  @Test
  void aSignatureThatTheClientUploadedIsNotStoredTwice() {
    String signature = selfSigning.sign(device.deviceKeys(ALICE, "DEVICE"));
    UserKeysScenario written =
        new UserKeysScenario(ALICE)
            .key(2, selfSigning.publicKey())
            .device("DEVICE", device.upload(ALICE, "DEVICE", Map.of(selfSigning.id(), signature)))
            .signature(selfSigning.id(), "DEVICE", signature)
            .run();
    assertThat(written.emitted("signature")).isEmpty();
    assertThat((String) written.column("device", "key_json").get(0)).contains(signature);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "[]",
        "\"text\"",
        "{}",
        "{\"keys\":null}",
        "{\"keys\":\"text\"}",
        "{\"keys\":{\"a\":\"b\"},\"signatures\":[]}",
        "{\"keys\":{\"a\":\"b\"},\"signatures\":{\"@alice:here\":\"text\"}}",
        "{\"keys\":{\"a\":\"\\ud800\"}}",
        "{\"keys\":{\"a\":\"b\"},\"n\":1e999}",
        "{\"keys\":{\"a\":\"b\"}} {}",
      })
  void whatSynapseCannotServeIsNamed(String json) {
    UserKeysScenario written = new UserKeysScenario(ALICE).device("DEVICE", json).run();
    assertThat(written.kinds()).isEmpty();
    assertThat(written.skipped()).containsExactly("the keys of the device DEVICE of @alice:here");
  }

  @Test
  void nullWhereSynapseAddsSignaturesBecomesAnObject() throws Exception {
    UserKeysScenario written =
        new UserKeysScenario(ALICE)
            .device("A", "{\"keys\":{\"a\":\"b\"},\"signatures\":null}")
            .device("B", "{\"keys\":{\"a\":\"b\"},\"signatures\":{\"@alice:here\":null}}")
            .run();
    for (Object keyJson : written.column("device", "key_json")) {
      assertThat(parse(keyJson).get("signatures").get(ALICE).isObject()).isTrue();
    }
    assertThat(written.emitted("device")).hasSize(2);
  }

  @Test
  void whatIsNoCrossSigningKeyIsNamed() {
    UserKeysScenario written =
        new UserKeysScenario(ALICE).key(1, "short").key(2, "").key(9, master.publicKey()).run();
    assertThat(written.kinds()).isEmpty();
    assertThat(written.skipped()).hasSize(3);
  }

  @Test
  void oneKeyForTwoPurposesIsSignedForEach() throws Exception {
    UserKeysScenario written =
        new UserKeysScenario(ALICE)
            .key(1, master.publicKey())
            .key(2, master.publicKey())
            .signature(master.id(), master.id(), master.sign(masterKey(ALICE)))
            .run();
    assertThat(parse(written.column("cross_signing_key", "key_data").get(0)).has("signatures"))
        .isTrue();
    assertThat(parse(written.column("cross_signing_key", "key_data").get(1)).has("signatures"))
        .isFalse();
  }

  private UserKeysScenario completeRemote() {
    return new UserKeysScenario(PIA)
        .key(1, master.publicKey())
        .key(2, selfSigning.publicKey())
        .signature(master.id(), master.id(), master.sign(masterKey(PIA)))
        .signature(
            master.id(),
            selfSigning.id(),
            master.sign(selfSigning.crossSigningKey(PIA, "self_signing")))
        .signature(selfSigning.id(), "DEVICE", selfSigning.sign(device.deviceKeys(PIA, "DEVICE")));
  }

  @Test
  void aCertainListOfAnotherServerIsCarried() throws Exception {
    UserKeysScenario written =
        completeRemote()
            .device("DEVICE", device.upload(PIA, "DEVICE"), 27, "Pia's phone")
            .device(
                "BARE",
                "{\"user_id\":\"\",\"device_id\":\"\",\"algorithms\":null,\"keys\":null,"
                    + "\"signatures\":null}",
                27,
                "")
            .list(false)
            .roomMate()
            .run();

    assertThat(written.column("remote_list", "stream_id")).containsExactly("27");
    assertThat(written.column("cross_signing_key", "type"))
        .containsExactly("master", "self_signing");
    JsonNode content = parse(written.column("remote_device", "content").get(0));
    assertThat(content.get("device_id").asText()).isEqualTo("DEVICE");
    assertThat(content.get("device_display_name").asText()).isEqualTo("Pia's phone");
    assertThat(content.at("/keys/signatures").get(PIA)).hasSize(2);
    assertThat(content.at("/keys/signatures").get(PIA).has(selfSigning.id())).isTrue();
    assertThat(written.column("remote_device", "content").get(1))
        .isEqualTo("{\"device_id\":\"BARE\"}");
    assertThat(written.kinds()).doesNotContain("outdated_list", "device", "signature");
    assertThat(written.skipped()).isEmpty();
  }

  @Test
  void anUncertainListIsAskedForAgain() {
    String keys = device.upload(PIA, "DEVICE");
    String mark = selfSigning.sign(device.deviceKeys(PIA, "DEVICE"));
    SigningKey other = new SigningKey();
    Map<String, UserKeysScenario> uncertain =
        Map.of(
            "stale", completeRemote().device("DEVICE", keys).list(true),
            "never fetched as a whole", completeRemote().device("DEVICE", keys),
            "a device was removed",
                completeRemote().device("DEVICE", keys).device("GONE", "").list(false),
            "Dendrite lost a member of the keys",
                completeRemote().device("DEVICE", keys.replace("m.olm", "m.new")).list(false),
            "keys of another device",
                completeRemote().device("DEVICE", other.upload(PIA, "OTHER")).list(false),
            "no JSON", completeRemote().device("DEVICE", "?").list(false),
            "master key only",
                new UserKeysScenario(PIA)
                    .key(1, master.publicKey())
                    .device("DEVICE", keys)
                    .list(false),
            "self-signing key not signed",
                new UserKeysScenario(PIA)
                    .key(1, master.publicKey())
                    .key(2, selfSigning.publicKey())
                    .device("DEVICE", keys)
                    .list(false),
            "cross-signing keys without devices", completeRemote().list(false),
            "the cross-signing key is lost that signed the device",
                new UserKeysScenario(PIA)
                    .device("DEVICE", device.upload(PIA, "DEVICE", Map.of(selfSigning.id(), mark)))
                    .list(false));
    uncertain.forEach(
        (why, written) -> {
          written.roomMate().run();
          assertThat(written.kinds()).as(why).containsExactly("outdated_list");
          assertThat(written.skipped()).as(why).isEmpty();
        });
  }

  @Test
  void ofStrangersNothingIsCarried() {
    UserKeysScenario written =
        completeRemote().device("DEVICE", device.upload(PIA, "DEVICE")).list(false);
    assertThat(written.run().kinds()).isEmpty();
    assertThat(new UserKeysScenario(PIA).list(false).roomMate().run().kinds())
        .as("a list that is known to be empty")
        .isEmpty();
    assertThat(new UserKeysScenario(PIA).roomMate().run().kinds()).isEmpty();
  }

  @Test
  void aLocalUsersSignatureOfAStrangerIsCarried() {
    UserKeysScenario written =
        completeRemote()
            .signatureOf(
                ALICE,
                userSigning.id(),
                master.id(),
                userSigning.sign(masterKey(PIA)),
                userSigning.publicKey())
            .run();
    assertThat(written.kinds()).containsExactly("signature");
    assertThat(written.column("signature", "user_id")).containsExactly(ALICE);
  }
}
