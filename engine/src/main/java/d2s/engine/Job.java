package d2s.engine;

import d2s.engine.result.Progress;

/**
 * Long work that is done once.
 *
 * @param <T> what it reports in the end
 */
public interface Job<T> {

  /**
   * Does it.
   *
   * @throws d2s.engine.result.PreconditionFailedException if it must not start; nothing was touched
   * @throws d2s.engine.yaml.InvalidMappingsException if the mapping files do not fit; nothing was
   *     touched
   * @throws d2s.engine.result.MigrationFailedException if it failed
   */
  T run(Progress progress);

  /**
   * Ends the copying of files soon, from any thread; the job then fails. What happens in a database
   * is ended by whoever has the connections.
   */
  void stop();
}
