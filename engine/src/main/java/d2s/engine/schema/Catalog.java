package d2s.engine.schema;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The tables and sequences of a database (of its schema {@code public}), without any row.
 *
 * @param name what it is called, e.g. the product and its version
 * @param version the version of the schema, as the database itself gives it
 * @param tables ordered by name
 * @param sequences ordered by name, those of identity columns included
 */
public record Catalog(String name, String version, List<Table> tables, List<Sequence> sequences) {

  public Catalog {
    Objects.requireNonNull(name);
    Objects.requireNonNull(version);
    tables = tables.stream().sorted(Comparator.comparing(Table::name)).toList();
    sequences = sequences.stream().sorted(Comparator.comparing(Sequence::name)).toList();
  }

  public Optional<Table> table(String name) {
    return find(tables, Table::name, name);
  }

  public Optional<Sequence> sequence(String name) {
    return find(sequences, Sequence::name, name);
  }

  public List<String> tableNames() {
    return tables.stream().map(Table::name).toList();
  }

  private static <T> Optional<T> find(List<T> sorted, Function<T, String> nameOf, String name) {
    int low = 0;
    int high = sorted.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = nameOf.apply(sorted.get(middle)).compareTo(name);
      if (order == 0) {
        return Optional.of(sorted.get(middle));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }
}
