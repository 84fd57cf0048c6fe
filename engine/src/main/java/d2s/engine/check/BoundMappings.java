package d2s.engine.check;

import d2s.engine.mapping.Mapping;
import java.util.List;
import java.util.Optional;

/**
 * All mappings that apply to a target version, bound.
 *
 * @param leftOut mappings that do not run because the source has nothing for them
 */
public record BoundMappings(List<BoundMapping> mappings, List<LeftOut> leftOut) {

  /**
   * A mapping whose optional table is not in the source.
   *
   * @param reason for a person
   */
  public record LeftOut(Mapping mapping, String reason) {

    public String name() {
      return mapping.name().value();
    }
  }

  public Optional<BoundMapping> mapping(String name) {
    return mappings.stream().filter(bound -> bound.mapping().name().value().equals(name)).findAny();
  }
}
