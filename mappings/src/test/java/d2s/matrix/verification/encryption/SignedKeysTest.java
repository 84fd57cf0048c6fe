package d2s.matrix.verification.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.encryption.SignedKeys.Mark;
import d2s.matrix.verification.encryption.SignedKeys.Place;
import org.junit.jupiter.api.Test;

/** The keys of one user, made from seeds, and who signed them. */
class SignedKeysTest {

  private static final String USER = "@a:our.example";

  private final CheckedSignatures checked = new CheckedSignatures();

  private final TestKey device = TestKey.of(1);
  private final TestKey master = TestKey.of(2);
  private final TestKey other = TestKey.of(3);

  private static ObjectNode object(String id, String key) {
    return EventJson.read(
        "{\"keys\":{\"ed25519:" + id + "\":\"" + key + "\"},\"unsigned\":{\"x\":1}}");
  }

  private static ObjectNode signed(ObjectNode object, String id, String signature) {
    object.withObject("/signatures").withObject("/" + USER).put(id, signature);
    return object;
  }

  @Test
  void aDeviceSignsItself() {
    SignedKeys keys = new SignedKeys(USER);
    ObjectNode object = object("DEV", device.name());

    assertThat(keys.isEmpty()).isTrue();
    assertThat(keys.addDevice("DEV", signed(object, "ed25519:DEV", device.sign(object)))).isTrue();
    assertThat(keys.isEmpty()).isFalse();
    assertThat(keys.isDevice("DEV")).isTrue();
    assertThat(keys.isDevice("GONE")).isFalse();
    assertThat(keys.crossSigningKey("master")).isNull();
    Mark mark = new Mark(USER, "DEV", "DEV", device.sign(object));
    assertThat(keys.marks()).containsOnlyKeys(mark);
    assertThat(keys.marks().get(mark)).containsExactly(Place.INSIDE);
    assertThat(keys.verify(mark, keys, checked)).contains(true);
  }

  @Test
  void aSignatureOfAnotherTextIsNotTrue() {
    SignedKeys keys = new SignedKeys(USER);
    keys.addDevice("DEV", object("DEV", device.name()));
    String signature = device.sign(object("OTHER", device.name()));

    assertThat(keys.verify(new Mark(USER, "DEV", "DEV", signature), keys, checked)).contains(false);
    assertThat(keys.verify(new Mark(USER, "DEV", "GONE", signature), keys, checked)).isEmpty();
    assertThat(keys.verify(new Mark(USER, "GONE", "DEV", signature), keys, checked)).isEmpty();
  }

  @Test
  void whatIsNoKeyIsNotAdded() {
    SignedKeys keys = new SignedKeys(USER);

    assertThat(keys.addDevice("DEV", object("OTHER", device.name()))).isFalse();
    assertThat(keys.addDevice("DEV", object("DEV", "AAAA"))).isFalse();
    assertThat(keys.addCrossSigningKey("master", object("x", master.name()))).isFalse();
    assertThat(keys.addCrossSigningKey("master", object("AAAA", "AAAA"))).isFalse();
    assertThat(keys.addCrossSigningKey("master", EventJson.read("{}"))).isFalse();
    assertThat(keys.isEmpty()).isTrue();
    assertThat(keys.marks()).isEmpty();
    assertThat(keys.crossSigningKey("master")).isNull();
  }

  @Test
  void aCrossSigningKeyGoesByItself() {
    SignedKeys keys = new SignedKeys(USER);

    assertThat(keys.addCrossSigningKey("master", object(master.name(), master.name() + "=")))
        .isTrue();
    assertThat(keys.crossSigningKey("master")).isEqualTo(master.name());
    assertThat(keys.isDevice(master.name())).isFalse();
    assertThat(keys.isAmbiguous()).isFalse();
  }

  @Test
  void twoKeysForOneUseAreAmbiguous() {
    SignedKeys keys = new SignedKeys(USER);
    keys.addCrossSigningKey("master", object(master.name(), master.name()));
    keys.addCrossSigningKey("master", object(master.name(), master.name()));
    keys.addCrossSigningKey("self_signing", object(other.name(), other.name()));
    assertThat(keys.isAmbiguous()).isFalse();

    keys.addCrossSigningKey("master", object(other.name(), other.name()));
    assertThat(keys.isAmbiguous()).isTrue();

    keys.addCrossSigningKey("self_signing", object(other.name(), other.name()));
    assertThat(keys.isAmbiguous()).isTrue();
  }

  @Test
  void signaturesAreTheSameWhereverTheyStandAndHoweverTheyAreWritten() {
    SignedKeys keys = new SignedKeys(USER);
    ObjectNode object = object("DEV", device.name());
    String signature = master.sign(object);
    keys.addCrossSigningKey("master", object(master.name(), master.name()));
    keys.addDevice("DEV", signed(object, "ed25519:" + master.name(), signature));
    keys.addSignature(USER, master.name() + "=", "ed25519:DEV", signature + "==", Place.TABLE);

    Mark mark = new Mark(USER, master.name(), "DEV", signature);
    assertThat(keys.marks()).containsOnlyKeys(mark);
    assertThat(keys.marks().get(mark)).containsExactly(Place.INSIDE, Place.TABLE);
    assertThat(keys.verify(mark, keys, checked)).contains(true);
    assertThat(keys.verify(mark, keys, checked)).contains(true);
  }

  /** Its id could be decoded and written in another way. */
  @Test
  void aDeviceWithAnIdLikeBase64StaysWhatItIs() {
    SignedKeys keys = new SignedKeys(USER);
    keys.addDevice("A-_B", object("A-_B", device.name()));
    keys.addSignature(USER, "ed25519:A-_B", "A-_B", "AAAA", Place.TABLE);
    keys.addSignature(USER, "C-_D", "A-_B", "AAAA", Place.TABLE);

    assertThat(keys.marks())
        .containsOnlyKeys(
            new Mark(USER, "A-_B", "A-_B", "AAAA"), new Mark(USER, "C+/D", "A-_B", "AAAA"));
  }

  @Test
  void manySignaturesAreChecked() {
    ObjectNode object = object("DEV", device.name());
    SignedKeys keys = new SignedKeys(USER);
    keys.addDevice("DEV", object);
    String signature = device.sign(object);
    for (int i = 0; i < 2_100; i++) {
      String wrong = TestKey.base64(("%064d".formatted(i)).getBytes(UTF_8));
      assertThat(keys.verify(new Mark(USER, "DEV", "DEV", wrong), keys, checked)).contains(false);
    }
    assertThat(keys.verify(new Mark(USER, "DEV", "DEV", signature), keys, checked)).contains(true);
  }
}
