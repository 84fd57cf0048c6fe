package d2s.matrix.encryption;

import d2s.engine.expression.Json;
import d2s.engine.extension.Emitter;
import d2s.engine.extension.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the keys of a user of another server, if they are all there and certain; else Synapse asks
 * that server for them.
 *
 * <p>The list of devices is certain if all this holds:
 *
 * <ul>
 *   <li>a local user shares a room with the user: other servers tell of changes only then;
 *   <li>Dendrite has fetched the whole list at least once and does not take it for stale;
 *   <li>no device was removed from it since: Dendrite applies a removal even if it has missed the
 *       changes before it;
 *   <li>every device in it is signed by itself: Dendrite writes again what it has fetched, and
 *       loses members that it does not know;
 *   <li>the user has a master key and a self-signing key, one signed by the other, or neither.
 * </ul>
 */
final class RemoteUser {

  private final String userId;
  private final KeyRing ring;
  private final Emitter out;

  /** By device id; null for a device without name. */
  private final Map<String, String> displayNames = new LinkedHashMap<>();

  private final List<String> withoutKeys = new ArrayList<>();
  private boolean certain = true;
  private long streamId = Long.MIN_VALUE;

  RemoteUser(String userId, KeyRing ring, Emitter out) {
    this.userId = userId;
    this.ring = ring;
    this.out = out;
  }

  void readDevices(Rows rows) {
    while (rows.next()) {
      String deviceId = rows.text(0);
      streamId = Math.max(streamId, rows.integer(3));
      displayNames.put(deviceId, rows.text(4));
      String json = rows.text(1);
      if (json.isEmpty()) {
        certain = false;
        continue;
      }
      try {
        DeviceKeys device = new DeviceKeys(userId, deviceId, json);
        if (device.hasKeys()) {
          ring.add(device);
          certain &= device.isConsistent();
        } else {
          withoutKeys.add(deviceId);
        }
      } catch (IllegalArgumentException e) {
        certain = false;
      }
    }
  }

  /**
   * Writes the list of devices, or that it is outdated.
   *
   * @param lists what Dendrite knows of the list as a whole; no row if it never fetched it
   * @param roomMates a row if the user shares a room with a local user
   * @return whether the cross-signing keys are to be written too
   */
  boolean write(Rows lists, Rows roomMates) {
    boolean fetched = lists.next();
    boolean stale = fetched && lists.flag(0);
    if (!roomMates.next()) {
      return false;
    }
    boolean anyDevice = !displayNames.isEmpty();
    if (fetched
        && !stale
        && certain
        && anyDevice
        && ring.devices().stream().allMatch(DeviceKeys::isSignedByItself)
        && ring.falseSignatures().isEmpty()
        && ring.isPubliclyComplete()) {
      ring.devices().forEach(device -> writeDevice(device.deviceId(), device.complete()));
      withoutKeys.forEach(deviceId -> writeDevice(deviceId, null));
      out.emit("remote_list", userId, Long.toString(streamId));
      return true;
    }
    if (stale || anyDevice || !ring.crossSigningKeys().isEmpty()) {
      out.emit("outdated_list", userId);
    }
    return false;
  }

  private void writeDevice(String deviceId, Map<String, Object> keys) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("device_id", deviceId);
    if (keys != null) {
      content.put("keys", keys);
    }
    String displayName = displayNames.get(deviceId);
    if (displayName != null && !displayName.isEmpty()) {
      content.put("device_display_name", displayName);
    }
    out.emit("remote_device", userId, deviceId, Json.write(content));
  }
}
