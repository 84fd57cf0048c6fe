package d2s.matrix.encryption;

import java.util.Arrays;
import java.util.Optional;

/** What a cross-signing key is for. */
enum KeyType {
  MASTER(1, "master"),
  SELF_SIGNING(2, "self_signing"),
  USER_SIGNING(3, "user_signing");

  private final long number;
  private final String usage;

  KeyType(long number, String usage) {
    this.number = number;
    this.usage = usage;
  }

  /** By Dendrite's number, {@code keyserver_cross_signing_keys.key_type}. */
  static Optional<KeyType> of(long number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findAny();
  }

  /** The word that clients and Synapse use. */
  String usage() {
    return usage;
  }

  /** For sentences. */
  String words() {
    return usage.replace('_', '-') + " key";
  }
}
