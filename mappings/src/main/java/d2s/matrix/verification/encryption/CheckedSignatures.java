package d2s.matrix.verification.encryption;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which signatures are true. Most signatures are the same on both sides, and to check one takes a
 * fifth of a millisecond, so the last ones are kept.
 */
final class CheckedSignatures {

  /** More than two sides of one user have. */
  private static final int KEPT = 2_000;

  /** The key is its base64. */
  private record Check(String key, ByteBuffer message, String signature) {}

  private final Map<Check, Boolean> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Check, Boolean> eldest) {
          return size() > KEPT;
        }
      };

  boolean isTrue(Ed25519Key key, byte[] message, String signature) {
    return known.computeIfAbsent(
        new Check(key.base64(), ByteBuffer.wrap(message), signature),
        check -> key.verifies(message, signature));
  }
}
