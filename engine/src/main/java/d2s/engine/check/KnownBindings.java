package d2s.engine.check;

import d2s.engine.bound.BoundMapping;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.SourceText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What became of mappings on one pair of databases the last time. A mapping is bound again if its
 * own file or set.yaml has another text: no other file is part of a binding, and the two databases
 * stay as they are.
 */
public final class KnownBindings {

  /**
   * What a mapping came to.
   *
   * @param problems what is wrong with it
   */
  record Binding(BoundMapping mapping, List<Problem> problems) {}

  /** All that a binding comes from. */
  private record Origin(SourceText set, SourceText mapping) {}

  private record Known(Origin origin, Binding binding) {}

  /** By the file of the mapping. */
  private final Map<String, Known> known = new HashMap<>();

  /**
   * The binding of a mapping.
   *
   * @param set the text of set.yaml
   * @param mapping the text of the mapping's own file
   * @param bind makes the binding where none is known
   */
  Binding of(SourceText set, SourceText mapping, Supplier<Binding> bind) {
    Origin origin = new Origin(set, mapping);
    Known last = known.get(mapping.name());
    if (last != null && last.origin().equals(origin)) {
      return last.binding();
    }
    Binding made = bind.get();
    known.put(mapping.name(), new Known(origin, made));
    return made;
  }
}
