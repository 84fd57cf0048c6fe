package d2s.matrix.server;

import d2s.engine.extension.Functions;
import d2s.matrix.event.Pdu;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
}
