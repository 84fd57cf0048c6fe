package d2s.matrix.encryption;

import d2s.engine.function.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an ephemeral event (EDU) tells other servers about the devices of a user: {@code
 * m.device_list_update} or {@code m.signing_key_update}.
 *
 * @param userId whose devices; null if the event does not say
 * @param deviceIds the devices that changed, cross-signing keys by their public key
 */
public record DeviceListChange(String userId, List<String> deviceIds) {

  /** Reads the whole EDU; what it does not say is missing in the result. */
  static DeviceListChange of(String edu) {
    Map<?, ?> content = object(object(Json.parse(edu)).get("content"));
    List<String> deviceIds = new ArrayList<>();
    if (content.get("device_id") instanceof String deviceId) {
      deviceIds.add(deviceId);
    }
    for (String member : List.of("master_key", "self_signing_key")) {
      for (Object key : object(object(content.get(member)).get("keys")).values()) {
        if (key instanceof String publicKey) {
          deviceIds.add(publicKey);
        }
      }
    }
    return new DeviceListChange(
        content.get("user_id") instanceof String userId ? userId : null, List.copyOf(deviceIds));
  }

  public String getUserId() {
    return userId;
  }

  public List<String> getDeviceIds() {
    return deviceIds;
  }

  private static Map<?, ?> object(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
