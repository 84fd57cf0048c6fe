package d2s.matrix.server;

import d2s.engine.extension.Functions;
import d2s.engine.function.Json;
import d2s.matrix.event.Pdu;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The functions {@code server:...} of the mapping files. */
public final class ServerFunctions implements Functions {

  private static final int ED25519_KEY_BYTES = 32;

  @Override
  public String namespace() {
    return "server";
  }

  /**
   * Whether an event says how long messages of its room are kept, in a form that Synapse takes:
   * {@code min_lifetime} or {@code max_lifetime}, in milliseconds, and neither anything but an
   * integer.
   */
  public boolean isRetention(Pdu pdu) {
    if (!pdu.isState() || !pdu.getType().equals("m.room.retention")) {
      return false;
    }
    Map<String, Object> content = pdu.getContent();
    List<Object> given =
        Stream.of("min_lifetime", "max_lifetime")
            .filter(content::containsKey)
            .map(content::get)
            .toList();
    return !given.isEmpty() && given.stream().allMatch(Long.class::isInstance);
  }

  /**
   * A room as people know it.
   *
   * @param alias one of its aliases, or null
   * @param members local users who are in it, or null
   */
  public String roomLabel(String roomId, String alias, String members) {
    String label = alias == null ? roomId : alias + " (" + roomId + ")";
    return members == null ? label : label + ", members here: " + members;
  }

  /** One of the two lifetimes of such an event, in milliseconds; null if it does not say it. */
  public Long lifetime(Pdu pdu, String member) {
    return (Long) pdu.getContent().get(member);
  }

  /**
   * The bytes of an Ed25519 public key, or null if the text is not one.
   *
   * @param base64 standard Base64, with or without padding
   */
  public byte[] verifyKey(String base64) {
    if (base64 == null) {
      return null;
    }
    try {
      byte[] key = Base64.getDecoder().decode(base64);
      return key.length == ED25519_KEY_BYTES ? key : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * The answer in which another server publishes a key, as far as it is known: the key, but not the
   * server's signature. Synapse looks for keys only in such answers, and takes them as they are.
   *
   * @param validUntil until when the key is valid, in milliseconds
   */
  public byte[] keyAnswer(String serverName, String keyId, String base64, long validUntil) {
    Map<String, Object> answer = new TreeMap<>();
    answer.put("old_verify_keys", Map.of());
    answer.put("server_name", serverName);
    answer.put("valid_until_ts", validUntil);
    answer.put("verify_keys", Map.of(keyId, Map.of("key", base64.replace("=", ""))));
    return Json.write(answer).getBytes(StandardCharsets.UTF_8);
  }
}
