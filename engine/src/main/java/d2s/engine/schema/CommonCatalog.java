package d2s.engine.schema;

import d2s.engine.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What several catalogs have in common, and what each has beside it: two parts that can be created
 * one after the other.
 */
public final class CommonCatalog {

  private CommonCatalog() {}

  /** The tables and sequences that are the same in all catalogs, and need none that are not. */
  public static Catalog of(String name, List<Catalog> catalogs) {
    Catalog first = catalogs.get(0);
    List<Catalog> others = catalogs.subList(1, catalogs.size());
    List<Table> tables = new ArrayList<>(first.tables());
    tables.removeIf(table -> !others.stream().allMatch(other -> has(other, table)));
    List<Sequence> sequences = new ArrayList<>(first.sequences());
    sequences.removeIf(sequence -> !others.stream().allMatch(other -> has(other, sequence)));
    boolean smaller = true;
    while (smaller) {
      Catalog common = new Catalog(name, "", tables, sequences);
      List<Sequence> missing = rest(first, common).sequences();
      smaller =
          tables.removeIf(table -> usesAny(table, missing))
              | sequences.removeIf(
                  one -> one.owner() != null && common.table(one.owner().table()).isEmpty());
    }
    return new Catalog(name, "", tables, sequences);
  }

  /** What a catalog has beside the common part. */
  public static Catalog rest(Catalog catalog, Catalog common) {
    return new Catalog(
        catalog.name(),
        catalog.version(),
        catalog.tables().stream().filter(table -> !has(common, table)).toList(),
        catalog.sequences().stream().filter(sequence -> !has(common, sequence)).toList());
  }

  /** Compares with the one of the same name only: to compare whole tables takes long. */
  private static boolean has(Catalog catalog, Table table) {
    return catalog.table(table.name()).filter(table::equals).isPresent();
  }

  private static boolean has(Catalog catalog, Sequence sequence) {
    return catalog.sequence(sequence.name()).filter(sequence::equals).isPresent();
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
