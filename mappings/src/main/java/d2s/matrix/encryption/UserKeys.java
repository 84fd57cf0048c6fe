package d2s.matrix.encryption;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the public keys of each user together: the keys of devices, cross-signing keys, and every
 * signature where Synapse looks for it. No signature is passed on that does not verify.
 *
 * <p>Dendrite keeps all signatures in one table. Synapse shows a signature of a cross-signing key
 * to everybody only if it stands inside the key; what is in its table of signatures is shown to the
 * user who made it, and with a device to all. So the signatures that users made of their own
 * cross-signing keys go inside, and those of their devices and of other users go to the table.
 *
 * <p>All relations are grouped by the user whose keys they are about.
 */
public final class UserKeys implements Hook {

  private String serverName;
  private long crossSigningKeys;

  @Override
  public List<RowShape> reads() {
    return List.of(
        RowShape.of("cross_signing_keys", "key_type", "key_data"),
        RowShape.of(
            "devices", "device_id", "key_json", "ts_added_secs", "stream_id", "display_name"),
        RowShape.of(
            "signatures",
            "origin_user_id",
            "origin_key_id",
            "target_key_id",
            "signature",
            "origin_user_signing_key"),
        RowShape.of("remote_lists", "is_stale"),
        RowShape.of("room_mates"));
  }

  @Override
  public List<RowShape> emits() {
    return List.of(
        RowShape.of("device", "user_id", "device_id", "key_json", "added_secs"),
        RowShape.of("cross_signing_key", "user_id", "type", "key_data", "number"),
        RowShape.of("signature", "user_id", "key_id", "target_user_id", "target", "signature"),
        RowShape.of("remote_device", "user_id", "device_id", "content"),
        RowShape.of("remote_list", "user_id", "stream_id"),
        RowShape.of("outdated_list", "user_id"));
  }

  @Override
  public void start(Map<String, Object> facts) {
    serverName = (String) facts.get("server_name");
  }

  @Override
  public void group(Group group, Emitter out) {
    String userId = (String) group.key();
    KeyRing ring = new KeyRing();
    readCrossSigningKeys(group.rows("cross_signing_keys"), userId, ring, out);
    if (userId.substring(userId.indexOf(':') + 1).equals(serverName)) {
      LocalUser user = new LocalUser(userId, ring, out);
      user.readDevices(group.rows("devices"));
      readSignatures(group.rows("signatures"), userId, ring, out);
      user.write();
      ring.crossSigningKeys().forEach(key -> write(userId, key, out));
      ring.falseSignatures().forEach(words -> reportFalse(words, out));
    } else {
      RemoteUser user = new RemoteUser(userId, ring, out);
      user.readDevices(group.rows("devices"));
      readSignatures(group.rows("signatures"), userId, ring, out);
      if (user.write(group.rows("remote_lists"), group.rows("room_mates"))) {
        ring.crossSigningKeys().forEach(key -> write(userId, key, out));
      }
    }
  }

  private static void readCrossSigningKeys(Rows rows, String userId, KeyRing ring, Emitter out) {
    while (rows.next()) {
      Optional<KeyType> type = KeyType.of(rows.integer(0));
      Optional<PublicKey> key = PublicKey.of(rows.text(1));
      if (type.isPresent() && key.isPresent()) {
        ring.add(new CrossSigningKey(userId, type.get(), key.get()));
      } else {
        out.skip(
            "a cross-signing key of " + userId,
            "Dendrite stored something that is no such key; the user has to set up cross-signing"
                + " again");
      }
    }
  }

  private static void readSignatures(Rows rows, String userId, KeyRing ring, Emitter out) {
    List<OtherSignature> others = new ArrayList<>();
    while (rows.next()) {
      if (rows.text(0).equals(userId)) {
        ring.claim(rows.text(1), rows.text(2), rows.text(3));
      } else if (isOfMaster(rows, ring)) {
        CrossSigningKey master = ring.crossSigningKey(KeyType.MASTER).orElseThrow();
        PublicKey key = PublicKey.of(rows.text(4)).orElseThrow();
        others.add(
            new OtherSignature(
                rows.text(0), key, rows.text(3), new SignatureCheck(master, key, rows.text(3))));
      }
    }
    ring.settle();
    SignatureCheck.run(others.stream().map(OtherSignature::check).toList());
    Set<String> written = new HashSet<>();
    for (OtherSignature other : others) {
      CrossSigningKey master = ring.crossSigningKey(KeyType.MASTER).orElseThrow();
      if (!other.check().holds()) {
        reportFalse("the signature of " + master.words() + " by " + other.signer(), out);
      } else if (written.add(other.signer())) {
        out.emit(
            "signature",
            other.signer(),
            "ed25519:" + other.key().base64(),
            userId,
            master.key().base64(),
            PublicKey.normal(other.signature()));
      }
    }
  }

  /** A signature of the master key by another user. */
  private record OtherSignature(
      String signer, PublicKey key, String signature, SignatureCheck check) {}

  /** Whether the current user-signing key of another user signed the current master key. */
  private static boolean isOfMaster(Rows rows, KeyRing ring) {
    Optional<PublicKey> signer = rows.isNull(4) ? Optional.empty() : PublicKey.of(rows.text(4));
    return signer.isPresent()
        && isId(rows.text(1), signer.get())
        && ring.crossSigningKey(KeyType.MASTER)
            .filter(master -> isId(rows.text(2), master.key()))
            .isPresent();
  }

  private static boolean isId(String keyId, PublicKey key) {
    String name = keyId.startsWith("ed25519:") ? keyId.substring("ed25519:".length()) : keyId;
    return PublicKey.normal(name).equals(key.base64());
  }

  private void write(String userId, CrossSigningKey key, Emitter out) {
    out.emit("cross_signing_key", userId, key.type().usage(), key.json(), ++crossSigningKeys);
  }

  private static void reportFalse(String words, Emitter out) {
    out.skip(
        words,
        "it does not verify, so that every client would refuse it. The keys are carried without"
            + " it; whoever relied on it has to verify again");
  }
}
