package d2s.cli.schemas;

import d2s.engine.mapping.Block;
import d2s.engine.mapping.LedgerEntry;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Side;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The beginning of a mapping file for one table of the target: every column with its type, and
 * ledger entries for what may be left out. Its author writes the expressions.
 */
public final class MappingSkeleton {

  /** Where its author has to write. */
  private static final String GAP = "FILL IN";

  private final MappingSet set;
  private final List<Catalog> targets;

  /**
   * @param targets the schemas that the mapping is for, the newest last; each column gets the range
   *     of those that have it
   */
  public MappingSkeleton(MappingSet set, List<Catalog> targets) {
    this.set = set;
    this.targets = List.copyOf(targets);
  }

  /** The newest form of a table; empty if no schema has it. */
  public Optional<Table> table(String name) {
    return targets.stream().flatMap(one -> one.table(name).stream()).reduce((old, next) -> next);
  }

  /** Where the mapping files have the table now; nothing if nowhere. */
  public List<String> places(String table) {
    List<String> places = new ArrayList<>();
    for (Mapping mapping : set.mappings()) {
      for (Block block : mapping.to()) {
        if (block.table().value().equals(table)) {
          places.add(block.table().at() + " fills it");
        }
      }
    }
    for (LedgerEntry entry : set.ledger()) {
      if (entry.side() == Side.TARGET
          && entry.table().value().equals(table)
          && entry.column() == null) {
        places.add(entry.table().at() + " says why it starts empty; remove that entry");
      }
    }
    return places;
  }

  /**
   * The text of the file.
   *
   * @param from the table of the source, whose columns of the same name are taken; null if unknown
   */
  public List<String> lines(Table table, Table from) {
    List<String> lines = new ArrayList<>();
    String source = from == null ? GAP : from.name();
    lines.add("# yaml-language-server: $schema=../mapping.schema.json");
    lines.add("mapping: " + table.name());
    lines.add("phase: " + GAP + "  # one of: " + phases());
    lines.add("description: " + GAP);
    range(table.name(), null).ifPresent(range -> lines.add(key() + ": '" + range + "'"));
    lines.add("from: { table: " + source + " }");
    if (from != null) {
      from.columns().forEach(column -> lines.add("# " + column.name() + ": " + describe(column)));
    }
    lines.add("label: [" + label(from) + "]");
    lines.add("to:");
    lines.add("  " + table.name() + ":");
    List<String> ledger = new ArrayList<>();
    for (Column column : table.columns()) {
      if (column.writable()) {
        lines.add(column(table, column, from));
        if (column.nullable() || column.hasDefault()) {
          ledger.add("#     " + entry(table, column));
        }
      }
    }
    if (from != null) {
      lines.add("counts:");
      lines.add("  as many rows of " + table.name() + ":");
      lines.add("    source: select count(*) from " + from.name());
      lines.add("    target: select count(*) from " + table.name());
    }
    if (!ledger.isEmpty()) {
      lines.add("");
      lines.add("# What you leave out above goes to ledger/starts-empty.yaml:");
      lines.add("#   " + table.name() + ":");
      lines.addAll(ledger);
    }
    return lines;
  }

  private String column(Table table, Column column, Table from) {
    boolean same = from != null && from.column(column.name()).isPresent();
    String value = same ? column.name() : GAP;
    Optional<String> range =
        range(table.name(), column.name())
            .filter(one -> !Optional.of(one).equals(range(table.name(), null)));
    String written =
        range.map(one -> "{ value: " + value + ", " + key() + ": '" + one + "' }").orElse(value);
    return "    " + column.name() + ": " + written + "  # " + describe(column);
  }

  private String entry(Table table, Column column) {
    return range(table.name(), column.name())
        .map(one -> "%s: { reason: %s, %s: '%s' }".formatted(column.name(), GAP, key(), one))
        .orElse(column.name() + ": " + GAP);
  }

  /** The versions that have a table or column; empty if all of them do. */
  private Optional<String> range(String table, String column) {
    List<Integer> with = new ArrayList<>();
    List<Integer> without = new ArrayList<>();
    for (Catalog target : targets) {
      boolean has =
          target
              .table(table)
              .filter(there -> column == null || there.column(column).isPresent())
              .isPresent();
      (has ? with : without).add(Integer.parseInt(target.version()));
    }
    if (without.isEmpty() || with.isEmpty()) {
      return Optional.empty();
    }
    int first = with.stream().min(Integer::compare).orElseThrow();
    int last = with.stream().max(Integer::compare).orElseThrow();
    String lower = without.stream().anyMatch(version -> version < first) ? ">=" + first : "";
    String upper = without.stream().anyMatch(version -> version > last) ? "<=" + last : "";
    String range = (lower + " " + upper).strip();
    return range.isEmpty() ? Optional.empty() : Optional.of(range);
  }

  private static String describe(Column column) {
    return column.type().sql()
        + (column.nullable() ? "" : ", not null")
        + (column.hasDefault() ? ", has a default" : "");
  }

  private static String label(Table from) {
    if (from == null || from.primaryKey() == null && from.uniqueKeys().isEmpty()) {
      return GAP;
    }
    return String.join(
        ", ", (from.primaryKey() == null ? from.uniqueKeys().get(0) : from.primaryKey()).columns());
  }

  private String key() {
    return set.target().name().value();
  }

  private String phases() {
    return String.join(", ", set.phases().stream().map(phase -> phase.name().value()).toList());
  }
}
