package d2s.engine.bound;

import d2s.engine.mapping.Mapping;

/**
 * A mapping that does not run, because its optional table is not in the source.
 *
 * @param reason for a person
 */
public record OmittedMapping(Mapping mapping, String reason) {

  public String name() {
    return mapping.name().value();
  }
}
