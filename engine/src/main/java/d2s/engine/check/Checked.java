package d2s.engine.check;

import java.util.List;
import java.util.Optional;

/** All mappings that apply to a target version, bound. */
public record Checked(List<Bound> mappings) {

  public Optional<Bound> mapping(String name) {
    return mappings.stream().filter(bound -> bound.mapping().name().value().equals(name)).findAny();
  }
}
