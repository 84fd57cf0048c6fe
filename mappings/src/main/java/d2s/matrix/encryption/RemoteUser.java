package d2s.matrix.encryption;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.RowColumn.FlagColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import d2s.engine.function.Json;
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

  static final RowShape REMOTE_LISTS = RowShape.of("remote_lists");
  private static final FlagColumn IS_STALE = REMOTE_LISTS.flag("is_stale");

  static final RowShape ROOM_MATES = RowShape.of("room_mates");

  static final RowShape REMOTE_DEVICE = RowShape.of("remote_device");
  private static final TextColumn DEVICE_USER = REMOTE_DEVICE.text("user_id");
  private static final TextColumn DEVICE_ID = REMOTE_DEVICE.text("device_id");
  private static final TextColumn CONTENT = REMOTE_DEVICE.text("content");

  static final RowShape REMOTE_LIST = RowShape.of("remote_list");
  private static final TextColumn LIST_USER = REMOTE_LIST.text("user_id");
  private static final TextColumn LIST_STREAM_ID = REMOTE_LIST.text("stream_id");

  static final RowShape OUTDATED_LIST = RowShape.of("outdated_list");
  private static final TextColumn OUTDATED_USER = OUTDATED_LIST.text("user_id");

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
      String deviceId = rows.get(StoredDevices.DEVICE_ID);
      streamId = Math.max(streamId, rows.get(StoredDevices.STREAM_ID));
      displayNames.put(deviceId, rows.get(StoredDevices.DISPLAY_NAME));
      String json = rows.get(StoredDevices.KEY_JSON);
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
    boolean stale = fetched && lists.get(IS_STALE);
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
      out.row(REMOTE_LIST)
          .set(LIST_USER, userId)
          .set(LIST_STREAM_ID, Long.toString(streamId))
          .emit();
      return true;
    }
    if (stale || anyDevice || !ring.crossSigningKeys().isEmpty()) {
      out.row(OUTDATED_LIST).set(OUTDATED_USER, userId).emit();
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
    out.row(REMOTE_DEVICE)
        .set(DEVICE_USER, userId)
        .set(DEVICE_ID, deviceId)
        .set(CONTENT, Json.write(content))
        .emit();
  }
}
