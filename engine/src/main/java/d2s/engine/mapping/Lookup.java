package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import java.util.List;
import java.util.Optional;

/**
 * A small relation held in memory while a mapping runs, asked in expressions with {@code
 * name.has(key, ...)} and {@code name.get(key, ...)}.
 *
 * @param relation null where {@code skipped} is given
 * @param skipped a mapping: the key is what it named as not carried over, the value is the reason
 * @param keys the columns that make the key
 * @param value the column that {@code get} answers; null where only {@code has} is used
 */
public record Lookup(Text name, Relation relation, Text skipped, List<Text> keys, Text value) {

  /** What is read from a database for it. */
  public Optional<Relation> read() {
    return Optional.ofNullable(relation);
  }
}
