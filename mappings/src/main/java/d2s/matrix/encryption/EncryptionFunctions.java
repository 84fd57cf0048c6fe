package d2s.matrix.encryption;

import d2s.engine.extension.Functions;
import d2s.engine.function.Json;
import d2s.matrix.event.ClientJson;
import java.util.List;
import java.util.Map;

/** The functions {@code encryption:...} of the mapping files. */
public final class EncryptionFunctions implements Functions {

  @Override
  public String namespace() {
    return "encryption";
  }

  @Override
  public List<Class<?>> values() {
    return List.of(DeviceListChange.class);
  }

  /**
   * Whether Synapse can read a JSON text. It parses what it has stored whenever it is asked for it,
   * and a failure fails the whole request, each time.
   */
  public boolean isReadable(String json) {
    return json != null && ClientJson.defect(json) == null;
  }

  /** Whether a text is a message to a device: {@code sender}, {@code type} and {@code content}. */
  public boolean isMessage(String json) {
    return isReadable(json)
        && ClientJson.isObject(json)
        && Json.parse(json) instanceof Map<?, ?> message
        && message.get("sender") instanceof String
        && message.get("type") instanceof String
        && message.get("content") instanceof Map;
  }

  /**
   * Whether a text is what goes to another server for messages to devices there: {@code sender},
   * {@code type}, {@code message_id}, and {@code messages} by user and device.
   */
  public boolean isMessageBatch(String json) {
    return isReadable(json)
        && ClientJson.isSendable(json)
        && ClientJson.isObject(json)
        && Json.parse(json) instanceof Map<?, ?> batch
        && batch.get("sender") instanceof String
        && batch.get("type") instanceof String
        && batch.get("message_id") instanceof String
        && batch.get("messages") instanceof Map<?, ?> messages
        && messages.values().stream().allMatch(Map.class::isInstance);
  }

  /** The content of an ephemeral event (EDU) as it was written; null if it has none. */
  public String content(String edu) {
    return isReadable(edu) && ClientJson.isObject(edu) ? ClientJson.member(edu, "content") : null;
  }

  /** What an EDU tells other servers about the devices of a user; nothing if it is not JSON. */
  public DeviceListChange deviceListChange(String edu) {
    return isReadable(edu) ? DeviceListChange.of(edu) : new DeviceListChange(null, List.of());
  }
}
