package d2s.engine.verify;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link Verifier} works with.
 *
 * @param given facts that the caller knows, by name; they are not queried
 * @param folders folders of files that belong to the target, by the names that verifications use
 * @param only names of the verifications to run; empty means all
 */
public record VerifierOptions(
    Map<String, Object> given, Map<String, Path> folders, Set<String> only) {

  /** All verifications, without any help of the caller. */
  public static final VerifierOptions NONE = new VerifierOptions(Map.of(), Map.of(), Set.of());
}
