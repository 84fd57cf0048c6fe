package d2s.engine.verify;

import d2s.engine.extension.VerificationContext;
import d2s.engine.prepare.Preflight;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;

/** A loaded target beside its source. */
record LoadedTarget(
    Preflight prepared, Connection source, Connection target, Map<String, Path> folders)
    implements VerificationContext {

  @Override
  public Object fact(String name) {
    Map<String, Object> facts = prepared.queries().facts();
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
