package d2s.matrix.verification.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user with a master key that signs a device and another key, and what can be damaged of it. */
class SignaturesVerificationTest {

  private static final String USER = "@a:our.example";
  private static final String FAR = "@f:far.example";

  private final TestKey device = TestKey.of(1);
  private final TestKey master = TestKey.of(2);
  private final TestKey self = TestKey.of(3);
  private final TestKey other = TestKey.of(4);

  private SmallDatabases databases;

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inDendrite(
        "create table userapi_accounts (localpart text, server_name text, is_deactivated boolean)",
        "create table userapi_devices (localpart text, server_name text, device_id text)",
        "create table keyserver_device_keys (user_id text, device_id text, key_json text)",
        "create table keyserver_cross_signing_keys (user_id text, key_type int, key_data text)",
        "create table keyserver_cross_signing_sigs (origin_user_id text, origin_key_id text,"
            + " target_user_id text, target_key_id text, signature text)",
        "insert into userapi_accounts values ('a', 'our.example', false)",
        "insert into userapi_devices values ('a', 'our.example', 'DEV')");
    databases.inSynapse(
        "create table users (name text)",
        "create table devices (user_id text, device_id text, display_name text, hidden boolean)",
        "create table e2e_device_keys_json (user_id text, device_id text, key_json text)",
        "create table device_lists_remote_cache (user_id text, device_id text, content text)",
        "create table e2e_cross_signing_keys (user_id text, keytype text, keydata text, stream_id int)",
        "create table e2e_cross_signing_signatures (user_id text, key_id text, target_user_id text,"
            + " target_device_id text, signature text)");
    String keys = key("DEV", device.name()).toString();
    databases.inDendrite(
        "insert into keyserver_device_keys values ('%s', 'DEV', '%s')".formatted(USER, keys));
    databases.inSynapse(
        "insert into e2e_device_keys_json values ('%s', 'DEV', '%s')".formatted(USER, keys));
    addCrossSigningKey(USER, 1, "master", master);
    addCrossSigningKey(USER, 2, "self_signing", self);
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  private static ObjectNode key(String id, String base64) {
    return EventJson.read("{\"keys\":{\"ed25519:" + id + "\":\"" + base64 + "\"}}");
  }

  private static ObjectNode crossSigning(String user, String usage, TestKey key) {
    ObjectNode object = key(key.name(), key.name());
    object.put("user_id", user);
    object.putArray("usage").add(usage);
    return object;
  }

  private void addCrossSigningKey(String user, int type, String usage, TestKey key)
      throws SQLException {
    databases.inDendrite(
        "insert into keyserver_cross_signing_keys values ('%s', %d, '%s')"
            .formatted(user, type, key.name()));
    databases.inSynapse(
        "insert into e2e_cross_signing_keys values ('%s', '%s', '%s', 1)"
            .formatted(user, usage, crossSigning(user, usage, key)));
  }

  private void signInDendrite(String by, String key, String of, String signed, String signature)
      throws SQLException {
    databases.inDendrite(
        "insert into keyserver_cross_signing_sigs values ('%s', 'ed25519:%s', '%s', '%s', '%s')"
            .formatted(by, key, of, signed, signature));
  }

  private void signInSynapse(String by, String key, String of, String signed, String signature)
      throws SQLException {
    databases.inSynapse(
        "insert into e2e_cross_signing_signatures values ('%s', 'ed25519:%s', '%s', '%s', '%s')"
            .formatted(by, key, of, signed, signature));
  }

  private FoundThings verified() throws SQLException {
    FoundThings found = new FoundThings();
    new SignaturesVerification().verify(databases, found);
    return found;
  }

  @Test
  void whatIsSignedOnBothSidesIsRight() throws SQLException {
    String signature = self.sign(key("DEV", device.name()));
    signInDendrite(USER, self.name(), USER, "DEV", signature);
    signInSynapse(USER, self.name(), USER, "DEV", signature);

    FoundThings found = verified();
    assertThat(found.found()).isEmpty();
    assertThat(found.noted()).isEmpty();
    assertThat(found.count()).isEqualTo(4);
  }

  /** Everybody sees signatures of devices wherever they stand. */
  @Test
  void theMasterKeyMaySignADeviceInTheTable() throws SQLException {
    String signature = master.sign(key("DEV", device.name()));
    signInDendrite(USER, master.name(), USER, "DEV", signature);
    signInSynapse(USER, master.name(), USER, "DEV", signature);

    assertThat(verified().found()).isEmpty();
  }

  @Test
  void theMasterKeySignsOtherKeysInside() throws SQLException {
    String signature = master.sign(crossSigning(USER, "self_signing", self));
    signInDendrite(USER, master.name(), USER, self.name(), signature);
    signInSynapse(USER, master.name(), USER, self.name(), signature);
    assertThat(verified().found())
        .containsExactly(
            USER
                + " "
                + self.name()
                + " by "
                + USER
                + " "
                + master.name()
                + ": is a signature that nobody else would see");

    ObjectNode inside = crossSigning(USER, "self_signing", self);
    inside
        .withObject("/signatures")
        .withObject("/" + USER)
        .put("ed25519:" + master.name(), signature);
    databases.inSynapse(
        "update e2e_cross_signing_keys set keydata = '%s' where keytype = 'self_signing'"
            .formatted(inside));
    assertThat(verified().found()).isEmpty();
  }

  @Test
  void aSignatureThatIsNotTrueInDendriteNeedNotBeCarried() throws SQLException {
    signInDendrite(USER, self.name(), USER, "DEV", self.sign(key("OTHER", device.name())));
    signInDendrite(USER, self.name(), USER, "GONE", self.sign(key("DEV", device.name())));

    assertThat(verified().found()).isEmpty();
  }

  @Test
  void aKeyThatDendriteHasLost() throws SQLException {
    String signature = other.sign(key("DEV", device.name()));
    signInSynapse(USER, other.name(), USER, "DEV", signature);
    String words = USER + " DEV by " + USER + " " + other.name();
    assertThat(verified().found())
        .containsExactly(words + ": is a signature by or of a key that is not there");

    signInDendrite(USER, other.name(), USER, "DEV", signature);
    FoundThings found = verified();
    assertThat(found.found()).isEmpty();
    assertThat(found.noted()).containsExactly(words + ": is by or of a key that Dendrite has lost");
  }

  /** As long as Dendrite has the key, the load has lost it. */
  @Test
  void aKeyThatTheLoadHasLost() throws SQLException {
    String signature = self.sign(key("DEV", device.name()));
    signInDendrite(USER, self.name(), USER, "DEV", signature);
    signInSynapse(USER, self.name(), USER, "DEV", signature);
    databases.inSynapse("delete from e2e_cross_signing_keys where keytype = 'self_signing'");

    FoundThings found = verified();
    assertThat(found.noted()).isEmpty();
    assertThat(found.found())
        .containsExactly(
            USER
                + " DEV by "
                + USER
                + " "
                + self.name()
                + ": is a signature by or of a key that is not there",
            USER + " self_signing: is another cross-signing key than in Dendrite");
  }

  @Test
  void twoKeysForOneUse() throws SQLException {
    databases.inDendrite(
        "insert into keyserver_cross_signing_keys values ('%s', 1, '%s')"
            .formatted(USER, other.name()));

    FoundThings found = verified();
    assertThat(found.found()).isEmpty();
    assertThat(found.noted())
        .containsExactly(
            USER + ": has two cross-signing keys for one use: nobody can tell which is right");
  }

  /** Which of two keys signed, nobody can tell either. */
  @Test
  void aSignerWithTwoKeysForOneUse() throws SQLException {
    databases.inDendrite("insert into userapi_accounts values ('b', 'our.example', false)");
    addCrossSigningKey("@b:our.example", 3, "user_signing", other);
    String signature = other.sign(crossSigning(USER, "master", master));
    signInDendrite("@b:our.example", other.name(), USER, master.name(), signature);
    String words = USER + " " + master.name() + " by @b:our.example " + other.name();
    assertThat(verified().found()).containsExactly(words + ": is a signature in Dendrite only");

    databases.inDendrite(
        "insert into keyserver_cross_signing_keys values ('@b:our.example', 3, '%s')"
            .formatted(self.name()));
    assertThat(verified().found()).isEmpty();

    signInSynapse("@b:our.example", other.name(), USER, master.name(), signature);
    databases.inSynapse("delete from e2e_cross_signing_keys where user_id = '@b:our.example'");
    FoundThings found = verified();
    assertThat(found.found()).isEmpty();
    assertThat(found.noted()).contains(words + ": is by or of a key that Dendrite has lost");
  }

  /** Synapse shows to nobody what they sign of others. */
  @Test
  void whatOtherServersSignNeedNotBeCarried() throws SQLException {
    addCrossSigningKey(FAR, 3, "user_signing", other);
    signInDendrite(
        FAR, other.name(), USER, master.name(), other.sign(crossSigning(USER, "master", master)));

    assertThat(verified().found()).isEmpty();
  }

  /** What their servers say of them decides. */
  @Test
  void keysOfOtherServersMayDiffer() throws SQLException {
    databases.inDendrite(
        "insert into keyserver_cross_signing_keys values ('%s', 1, '%s')"
            .formatted(FAR, master.name()),
        "insert into keyserver_cross_signing_keys values ('%s', 1, '%s')"
            .formatted(FAR, other.name()));

    FoundThings found = verified();
    assertThat(found.found()).isEmpty();
    assertThat(found.noted()).isEmpty();
  }

  @Test
  void aDeviceOfAnotherServer() throws SQLException {
    ObjectNode keys = key("FAR", other.name());
    keys.withObject("/signatures").withObject("/" + FAR).put("ed25519:GONE", "AAAA");
    databases.inSynapse(
        "insert into device_lists_remote_cache values ('%s', 'FAR', '{\"keys\":%s}')"
            .formatted(FAR, keys));
    String words = FAR + " FAR by " + FAR + " GONE";
    assertThat(verified().found())
        .containsExactly(words + ": is a signature by or of a key that is not there");

    databases.inDendrite(
        "insert into keyserver_device_keys values ('%s', 'FAR', '%s')".formatted(FAR, keys));
    FoundThings found = verified();
    assertThat(found.found()).isEmpty();
    assertThat(found.noted()).containsExactly(words + ": is by or of a key that Dendrite has lost");
  }

  @Test
  void keysOfNobody() throws SQLException {
    databases.inDendrite("delete from userapi_accounts");

    FoundThings found = verified();
    assertThat(found.found()).isEmpty();
    assertThat(found.noted()).containsExactly(USER + ": has cross-signing keys, but no account");
  }

  @Test
  void aKeyForNoUseThatIsKnown() throws SQLException {
    databases.inDendrite(
        "insert into keyserver_cross_signing_keys values ('%s', 9, '%s')"
            .formatted(USER, other.name()));

    assertThat(verified().found()).isEmpty();
    assertThat(verified().noted()).isEmpty();
  }

  @Test
  void aNameThatADeviceCouldTake() throws SQLException {
    databases.inSynapse("insert into users values ('%s')".formatted(USER));

    assertThat(verified().found())
        .containsExactlyInAnyOrder(
            USER + " master: is a cross-signing key whose name a device could take",
            USER + " self_signing: is a cross-signing key whose name a device could take");
  }
}
