package d2s.cli.signing;

/** A signing key that cannot be used. The message says why and never quotes the key. */
public final class InvalidSigningKeyException extends Exception {

  InvalidSigningKeyException(String message) {
    super(message);
  }
}
