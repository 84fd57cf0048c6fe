package d2s.engine.check;

import d2s.engine.mapping.Block;
import d2s.engine.mapping.FileBlock;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.Skip;
import d2s.engine.yaml.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every word in the expressions of a mapping: a column that is not among them is not read. */
public final class ReferencedNames {

  private ReferencedNames() {}

  public static Set<String> of(Mapping mapping) {
    Set<String> words = new HashSet<>();
    mapping.label().forEach(column -> words.add(column.value()));
    mapping.lets().forEach(let -> words.addAll(of(let.value())));
    for (Skip skip : mapping.skips()) {
      words.addAll(of(skip.item()));
      words.addAll(of(skip.when()));
      skip.repeats().forEach(column -> words.add(column.value()));
    }
    for (Block block : mapping.to()) {
      words.addAll(of(block.when()));
      if (block.forEach() != null) {
        words.addAll(of(block.forEach().list()));
      }
      block.columns().forEach(column -> words.addAll(of(column.value())));
    }
    for (FileBlock block : mapping.files()) {
      words.addAll(of(block.when()));
      words.addAll(of(block.from()));
      words.addAll(of(block.to()));
      words.addAll(of(block.size()));
      words.addAll(of(block.sha256()));
    }
    return words;
  }

  /** The words of one value; none for null and constants. */
  public static Set<String> of(Value value) {
    return value instanceof Value.Expression expression
        ? new HashSet<>(List.of(expression.text().split("\\W+")))
        : Set.of();
  }
}
