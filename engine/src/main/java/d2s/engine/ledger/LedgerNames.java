package d2s.engine.ledger;

import d2s.engine.mapping.LedgerEntry;
import d2s.engine.mapping.Side;
import d2s.engine.query.ColumnUsage;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Table;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds entries of the ledger that are probably misspelt: what they name is not there, and
 * something of nearly the same name is not accounted for.
 *
 * <p>That a name is not there is no mistake by itself: other versions have it.
 */
final class LedgerNames {

  private record Misspelt(LedgerEntry entry, String name, String suggestion) {}

  private final List<Misspelt> misspelt = new ArrayList<>();
  private final Set<String> excusedNames = new HashSet<>();
  private final Predicate<String> excused;

  LedgerNames(
      List<LedgerEntry> listed, Catalog catalog, ColumnUsage use, Predicate<String> excused) {
    this.excused = excused;
    Set<String> tables = new HashSet<>();
    listed.forEach(entry -> tables.add(entry.table().value()));
    List<String> freeTables =
        catalog.tableNames().stream()
            .filter(name -> !use.has(name) && !tables.contains(name))
            .toList();
    for (LedgerEntry entry : listed) {
      Optional<Table> table = catalog.table(entry.table().value());
      if (table.isEmpty()) {
        add(entry, entry.table().value(), "", freeTables);
      } else if (entry.column() != null && table.get().column(entry.column().value()).isEmpty()) {
        String prefix = table.get().name() + ".";
        List<String> free =
            table.get().columnNames().stream()
                .filter(name -> !use.has(entry.table().value(), name))
                .filter(name -> listed.stream().noneMatch(one -> is(one, entry, name)))
                .toList();
        add(entry, entry.column().value(), prefix, free);
      }
    }
  }

  private static boolean is(LedgerEntry one, LedgerEntry other, String column) {
    return one.column() != null
        && one.table().value().equals(other.table().value())
        && one.column().value().equals(column);
  }

  private void add(LedgerEntry entry, String name, String prefix, List<String> free) {
    String suggestion = Suggestion.of(name, free);
    if (!suggestion.isEmpty()) {
      misspelt.add(new Misspelt(entry, prefix + name, suggestion));
      free.stream()
          .filter(one -> suggestion.contains(" " + one + "?"))
          .forEach(one -> excusedNames.add(prefix + one));
    }
  }

  void report(Side side, Problems problems) {
    for (Misspelt one : misspelt) {
      LedgerEntry entry = one.entry();
      problems.add(
          entry.column() == null || !one.name().contains(".")
              ? entry.table().at()
              : entry.column().at(),
          "the " + side + " has no " + one.name() + one.suggestion());
    }
  }

  boolean isExcused(String table) {
    return excused.test(table) || excusedNames.contains(table);
  }

  boolean isExcused(String table, String column) {
    return excusedNames.contains(table + "." + column);
  }
}
