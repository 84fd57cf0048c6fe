package d2s.engine.extension;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.Optional;

/** What a {@link Verification} may look at. */
public interface VerificationContext {

  /** Reads one snapshot of the source; not in auto-commit mode, so that rows can be streamed. */
  Connection source();

  /** Reads one snapshot of the target; not in auto-commit mode. */
  Connection target();

  /**
   * A fact of the mapping set: a {@link String}, a {@link Long} or null.
   *
   * @throws IllegalArgumentException if the set has no such fact
   */
  Object fact(String name);

  /** A folder of files of one of the two, by a name that the caller gave it. */
  Optional<Path> folder(String name);
}
