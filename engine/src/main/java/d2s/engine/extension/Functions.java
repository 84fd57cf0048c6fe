package d2s.engine.extension;

import java.util.List;

/**
 * Functions for the expressions of mapping files, e.g. {@code text:lower(name)}.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}. Every public method that the
 * implementing class declares, apart from those of this interface, is a function; it must be free
 * of side effects. Expressions can reach no other class.
 */
public interface Functions {

  /** The prefix before the colon; empty for functions that are called without one. */
  String namespace();

  /**
   * Classes of values that functions return, whose public getters and methods expressions may use.
   */
  default List<Class<?>> values() {
    return List.of();
  }
}
