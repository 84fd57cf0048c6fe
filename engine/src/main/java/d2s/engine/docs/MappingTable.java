package d2s.engine.docs;

import d2s.engine.mapping.LedgerEntry;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Relation;
import d2s.engine.mapping.Side;
import d2s.engine.query.Queries;
import d2s.engine.query.Views;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What becomes of every table, as Markdown: which mapping files read and fill it, or why none does.
 */
public final class MappingTable {

  private final MappingSet set;
  private final Catalog source;
  private final Catalog target;

  public MappingTable(MappingSet set, Catalog source, Catalog target) {
    this.set = set;
    this.source = source;
    this.target = target;
  }

  /** Two tables: one row per source table, one row per target table. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("### Where each table of " + set.source().name() + " goes");
    lines.add("");
    lines.add("| table | read by | goes to | not carried |");
    lines.add("|---|---|---|---|");
    for (Table table : source.tables()) {
      List<Mapping> readers = mappings(mapping -> reads(mapping, table.name()));
      Set<String> goals = new TreeSet<>();
      readers.forEach(mapping -> goals.addAll(fills(mapping)));
      lines.add(row(table.name(), names(readers), String.join(", ", goals), Side.SOURCE));
    }
    lines.add("");
    lines.add("### Where each table of " + set.target().name() + " comes from");
    lines.add("");
    lines.add("| table | filled by | starts empty or with its default |");
    lines.add("|---|---|---|");
    for (Table table : target.tables()) {
      List<Mapping> writers =
          mappings(
              mapping ->
                  fills(mapping).contains(table.name())
                      || mapping.updates().stream()
                          .anyMatch(update -> update.table().value().equals(table.name())));
      lines.add(row(table.name(), names(writers), null, Side.TARGET));
    }
    return lines;
  }

  private String row(String table, String mappings, String goals, Side side) {
    return "| "
        + table
        + " | "
        + mappings
        + (goals == null ? "" : " | " + goals)
        + " | "
        + ledger(side, table)
        + " |";
  }

  private String ledger(Side side, String table) {
    return set.ledger().stream()
        .filter(entry -> entry.side() == side && entry.table().value().equals(table))
        .map(MappingTable::entry)
        .collect(Collectors.joining("; "));
  }

  private static String entry(LedgerEntry entry) {
    String reason = entry.reason().value().strip().replace("|", "\\|");
    return entry.column() == null ? reason : entry.column() + ": " + reason;
  }

  private List<Mapping> mappings(Predicate<Mapping> wanted) {
    return set.mappings().stream().filter(wanted).toList();
  }

  private static String names(List<Mapping> mappings) {
    return mappings.stream()
        .map(mapping -> mapping.name().value())
        .collect(Collectors.joining(", "));
  }

  private static Set<String> fills(Mapping mapping) {
    Set<String> tables = new TreeSet<>();
    mapping.to().forEach(block -> tables.add(block.table().value()));
    mapping.derive().forEach(derivation -> tables.add(derivation.table().value()));
    return tables;
  }

  private boolean reads(Mapping mapping, String table) {
    List<Relation> relations = new ArrayList<>(mapping.from());
    mapping.lookups().forEach(lookup -> lookup.read().ifPresent(relations::add));
    return relations.stream()
        .filter(relation -> relation.side() == Side.SOURCE)
        .anyMatch(relation -> reads(relation, table));
  }

  private boolean reads(Relation relation, String table) {
    if (relation.table() != null) {
      return relation.table().value().equals(table);
    }
    return Views.withUsed(List.of(relation.sql().value()), Side.SOURCE, set.views()).stream()
        .anyMatch(text -> Queries.mentions(text, table));
  }
}
