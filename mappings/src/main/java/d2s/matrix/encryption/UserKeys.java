package d2s.matrix.encryption;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.TextColumn;
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

  private static final RowShape CROSS_SIGNING_KEYS = RowShape.of("cross_signing_keys");
  private static final IntegerColumn KEY_TYPE = CROSS_SIGNING_KEYS.integer("key_type");
  private static final TextColumn KEY_DATA = CROSS_SIGNING_KEYS.text("key_data");

  private static final RowShape SIGNATURES = RowShape.of("signatures");
  private static final TextColumn ORIGIN_USER = SIGNATURES.text("origin_user_id");
  private static final TextColumn ORIGIN_KEY = SIGNATURES.text("origin_key_id");
  private static final TextColumn TARGET_KEY = SIGNATURES.text("target_key_id");
  private static final TextColumn SIGNATURE = SIGNATURES.text("signature");
  private static final TextColumn ORIGIN_USER_SIGNING_KEY =
      SIGNATURES.text("origin_user_signing_key");

  private static final RowShape WRITTEN_KEY = RowShape.of("cross_signing_key");
  private static final TextColumn WRITTEN_USER = WRITTEN_KEY.text("user_id");
  private static final TextColumn WRITTEN_TYPE = WRITTEN_KEY.text("type");
  private static final TextColumn WRITTEN_DATA = WRITTEN_KEY.text("key_data");
  private static final IntegerColumn WRITTEN_NUMBER = WRITTEN_KEY.integer("number");

  private String serverName;
  private long crossSigningKeys;

  @Override
  public String description() {
    return "Puts the public keys of each user together: the keys of devices, cross-signing keys, and"
        + " every signature where Synapse looks for it. No signature is passed on that does not"
        + " verify.";
  }

  @Override
  public List<RowShape> reads() {
    return List.of(
        CROSS_SIGNING_KEYS,
        StoredDevices.DEVICES,
        SIGNATURES,
        RemoteUser.REMOTE_LISTS,
        RemoteUser.ROOM_MATES);
  }

  @Override
  public List<RowShape> emits() {
    return List.of(
        LocalUser.DEVICE,
        WRITTEN_KEY,
        WrittenSignature.SIGNATURE,
        RemoteUser.REMOTE_DEVICE,
        RemoteUser.REMOTE_LIST,
        RemoteUser.OUTDATED_LIST);
  }

  @Override
  public void start(Map<String, Object> facts) {
    serverName = (String) facts.get("server_name");
  }

  @Override
  public void group(Group group, Emitter out) {
    String userId = (String) group.key();
    KeyRing ring = new KeyRing();
    readCrossSigningKeys(group.rows(CROSS_SIGNING_KEYS), userId, ring, out);
    if (userId.substring(userId.indexOf(':') + 1).equals(serverName)) {
      LocalUser user = new LocalUser(userId, ring, out);
      user.readDevices(group.rows(StoredDevices.DEVICES));
      readSignatures(group.rows(SIGNATURES), userId, ring, out);
      user.write();
      ring.crossSigningKeys().forEach(key -> write(userId, key, out));
      ring.falseSignatures().forEach(words -> reportFalse(words, out));
    } else {
      RemoteUser user = new RemoteUser(userId, ring, out);
      user.readDevices(group.rows(StoredDevices.DEVICES));
      readSignatures(group.rows(SIGNATURES), userId, ring, out);
      if (user.write(group.rows(RemoteUser.REMOTE_LISTS), group.rows(RemoteUser.ROOM_MATES))) {
        ring.crossSigningKeys().forEach(key -> write(userId, key, out));
      }
    }
  }

  private static void readCrossSigningKeys(Rows rows, String userId, KeyRing ring, Emitter out) {
    while (rows.next()) {
      Optional<KeyType> type = KeyType.of(rows.get(KEY_TYPE));
      Optional<PublicKey> key = PublicKey.of(rows.get(KEY_DATA));
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
      if (rows.get(ORIGIN_USER).equals(userId)) {
        ring.claim(rows.get(ORIGIN_KEY), rows.get(TARGET_KEY), rows.get(SIGNATURE));
      } else if (isOfMaster(rows, ring)) {
        CrossSigningKey master = ring.crossSigningKey(KeyType.MASTER).orElseThrow();
        PublicKey key = PublicKey.of(rows.get(ORIGIN_USER_SIGNING_KEY)).orElseThrow();
        others.add(
            new OtherSignature(
                rows.get(ORIGIN_USER),
                key,
                rows.get(SIGNATURE),
                new SignatureCheck(master, key, rows.get(SIGNATURE))));
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
        out.row(WrittenSignature.SIGNATURE)
            .set(WrittenSignature.SIGNER, other.signer())
            .set(WrittenSignature.KEY_ID, "ed25519:" + other.key().base64())
            .set(WrittenSignature.TARGET_USER, userId)
            .set(WrittenSignature.TARGET, master.key().base64())
            .set(WrittenSignature.VALUE, PublicKey.normal(other.signature()))
            .emit();
      }
    }
  }

  /** A signature of the master key by another user. */
  private record OtherSignature(
      String signer, PublicKey key, String signature, SignatureCheck check) {}

  /** Whether the current user-signing key of another user signed the current master key. */
  private static boolean isOfMaster(Rows rows, KeyRing ring) {
    Optional<PublicKey> signer =
        rows.isNull(ORIGIN_USER_SIGNING_KEY)
            ? Optional.empty()
            : PublicKey.of(rows.get(ORIGIN_USER_SIGNING_KEY));
    return signer.isPresent()
        && isId(rows.get(ORIGIN_KEY), signer.get())
        && ring.crossSigningKey(KeyType.MASTER)
            .filter(master -> isId(rows.get(TARGET_KEY), master.key()))
            .isPresent();
  }

  private static boolean isId(String keyId, PublicKey key) {
    String name = keyId.startsWith("ed25519:") ? keyId.substring("ed25519:".length()) : keyId;
    return PublicKey.normal(name).equals(key.base64());
  }

  private void write(String userId, CrossSigningKey key, Emitter out) {
    out.row(WRITTEN_KEY)
        .set(WRITTEN_USER, userId)
        .set(WRITTEN_TYPE, key.type().usage())
        .set(WRITTEN_DATA, key.json())
        .set(WRITTEN_NUMBER, ++crossSigningKeys)
        .emit();
  }

  private static void reportFalse(String words, Emitter out) {
    out.skip(
        words,
        "it does not verify, so that every client would refuse it. The keys are carried without"
            + " it; whoever relied on it has to verify again");
  }
}
