package d2s.engine.schema;

import d2s.engine.sql.SqlText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What several catalogs have in common, and what each has beside it: two parts that can be created
 * one after the other.
 */
public final class CommonCatalog {

  private CommonCatalog() {}

  /** The tables and sequences that are the same in all catalogs, and need none that are not. */
  public static Catalog of(String name, List<Catalog> catalogs) {
    Catalog first = catalogs.get(0);
    Set<Sequence> sequences = new HashSet<>(first.sequences());
    Set<Table> tables = new HashSet<>(first.tables());
    for (Catalog other : catalogs) {
      sequences.retainAll(other.sequences());
      tables.retainAll(other.tables());
    }
    boolean smaller = true;
    while (smaller) {
      Catalog common = new Catalog(name, "", List.copyOf(tables), List.copyOf(sequences));
      smaller =
          tables.removeIf(table -> usesAny(table, rest(first, common).sequences()))
              | sequences.removeIf(
                  one -> one.owner() != null && common.table(one.owner().table()).isEmpty());
    }
    return new Catalog(name, "", List.copyOf(tables), List.copyOf(sequences));
  }

  /** What a catalog has beside the common part. */
  public static Catalog rest(Catalog catalog, Catalog common) {
    return new Catalog(
        catalog.name(),
        catalog.version(),
        catalog.tables().stream().filter(table -> !common.tables().contains(table)).toList(),
        catalog.sequences().stream().filter(one -> !common.sequences().contains(one)).toList());
  }

  /** Whether a table has an identity or a default from one of these sequences. */
  private static boolean usesAny(Table table, List<Sequence> sequences) {
    return sequences.stream()
        .anyMatch(
            sequence ->
                sequence.owner() != null && sequence.owner().table().equals(table.name())
                    || table.columns().stream().anyMatch(column -> uses(column, sequence.name())));
  }

  private static boolean uses(Column column, String sequence) {
    String expression = column.defaultExpression();
    return expression != null
        && (SqlText.isWord(sequence)
            ? SqlText.words(expression).contains(sequence.toLowerCase(Locale.ROOT))
            : expression.contains(sequence));
  }
}
