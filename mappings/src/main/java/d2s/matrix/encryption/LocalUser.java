package d2s.matrix.encryption;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the keys of a user of this server. */
final class LocalUser {

  static final RowShape DEVICE = RowShape.of("device");
  private static final TextColumn USER_ID = DEVICE.text("user_id");
  private static final TextColumn DEVICE_ID = DEVICE.text("device_id");
  private static final TextColumn KEY_JSON = DEVICE.text("key_json");
  private static final IntegerColumn ADDED_SECONDS = DEVICE.integer("added_secs");

  private final String userId;
  private final KeyRing ring;
  private final Emitter out;
  private final Map<String, Long> addedSeconds = new HashMap<>();

  LocalUser(String userId, KeyRing ring, Emitter out) {
    this.userId = userId;
    this.ring = ring;
    this.out = out;
  }

  void readDevices(Rows rows) {
    while (rows.next()) {
      String deviceId = rows.get(StoredDevices.DEVICE_ID);
      try {
        DeviceKeys device = new DeviceKeys(userId, deviceId, rows.get(StoredDevices.KEY_JSON));
        if (!device.hasKeys()) {
          throw new IllegalArgumentException("there are no keys in it");
        }
        ring.add(device);
        addedSeconds.put(deviceId, rows.get(StoredDevices.ADDED_SECONDS));
      } catch (IllegalArgumentException e) {
        out.skip(
            "the keys of the device " + deviceId + " of " + userId,
            "Synapse cannot serve what Dendrite stored ("
                + e.getMessage()
                + "). Encryption works again after a new login on this device");
      }
    }
  }

  /** Writes all but the cross-signing keys themselves. */
  void write() {
    for (DeviceKeys device : ring.devices()) {
      String deviceId = device.deviceId();
      out.row(DEVICE)
          .set(USER_ID, userId)
          .set(DEVICE_ID, deviceId)
          .set(KEY_JSON, device.json())
          .set(ADDED_SECONDS, addedSeconds.get(deviceId))
          .emit();
      device
          .addedSignatures()
          .forEach((keyId, signature) -> writeSignature(keyId, deviceId, signature));
    }
    ring.crossSigningKey(KeyType.MASTER).ifPresent(this::writeDeviceSignatures);
  }

  /**
   * The signatures of a master key by devices stand in both places: inside the key, because
   * Dendrite showed them to everybody, and in the table, where Synapse looks for those that a
   * client need not make again.
   */
  private void writeDeviceSignatures(CrossSigningKey master) {
    for (DeviceKeys device : ring.devices()) {
      Optional.ofNullable(master.signature(device.keyId()))
          .ifPresent(signature -> writeSignature(device.keyId(), master.key().base64(), signature));
    }
  }

  private void writeSignature(String keyId, String target, String signature) {
    out.row(WrittenSignature.SIGNATURE)
        .set(WrittenSignature.SIGNER, userId)
        .set(WrittenSignature.KEY_ID, keyId)
        .set(WrittenSignature.TARGET_USER, userId)
        .set(WrittenSignature.TARGET, target)
        .set(WrittenSignature.VALUE, signature)
        .emit();
  }
}
