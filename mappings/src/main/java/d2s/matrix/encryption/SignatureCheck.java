package d2s.matrix.encryption;

import java.util.List;

/**
 * The question whether a key made a signature of an object. To answer it takes longer than
 * everything else about keys together, so that all questions about one user are answered at once,
 * on all processors.
 */
final class SignatureCheck {

  private final Signable signed;
  private final PublicKey key;
  private final String signature;
  private boolean holds;

  SignatureCheck(Signable signed, PublicKey key, String signature) {
    this.signed = signed;
    this.key = key;
    this.signature = signature;
  }

  /** Answers all questions. */
  static void run(List<SignatureCheck> checks) {
    checks.parallelStream()
        .forEach(
            check -> check.holds = check.key.verifies(check.signed.signedBytes(), check.signature));
  }

  /** The answer, after {@link #run}. */
  boolean holds() {
    return holds;
  }
}
