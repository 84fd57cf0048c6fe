package d2s.engine.bound;

import java.util.List;
import java.util.Optional;

/**
 * All mappings that apply to a target version, bound.
 *
 * @param omitted mappings that do not run because the source has nothing for them
 */
public record BoundMappings(List<BoundMapping> mappings, List<OmittedMapping> omitted) {

  public Optional<BoundMapping> mapping(String name) {
    return mappings.stream().filter(bound -> bound.mapping().name().value().equals(name)).findAny();
  }
}
