package d2s.engine.verify;

import d2s.engine.extension.VerificationContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;

/**
 * A loaded target beside its source.
 *
 * @param facts by name
 */
record LoadedTarget(
    Map<String, Object> facts, Connection source, Connection target, Map<String, Path> folders)
    implements VerificationContext {

  @Override
  public Object fact(String name) {
    if (!facts.containsKey(name)) {
      throw new IllegalArgumentException("no fact " + name);
    }
    return facts.get(name);
  }

  @Override
  public Optional<Path> folder(String name) {
    return Optional.ofNullable(folders.get(name));
  }
}
