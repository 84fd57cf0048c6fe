package d2s.engine.ledger;

import d2s.engine.check.ReferencedNames;
import d2s.engine.mapping.Block;
import d2s.engine.mapping.Derivation;
import d2s.engine.mapping.Fact;
import d2s.engine.mapping.LedgerEntry;
import d2s.engine.mapping.Lookup;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Relation;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.Update;
import d2s.engine.mapping.View;
import d2s.engine.query.ColumnUsage;
import d2s.engine.query.Queries;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.Table;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Accounts for every column: one of the source is read by a mapping or listed as not carried over,
 * one of the target is filled by a mapping or listed as starting empty. This is how nothing is lost
 * silently, and how the columns of a new release are noticed.
 */
public final class LedgerCheck {

  private final MappingSet set;
  private final List<Mapping> mappings;
  private final List<LedgerEntry> ledger;
  private final Problems problems;
  private final Predicate<String> excused;

  /**
   * @param targetVersion what is meant for other versions of the target accounts for nothing
   * @param problems takes every column that nobody accounts for, and every entry of the ledger that
   *     is not true
   */
  public LedgerCheck(MappingSet set, int targetVersion, Problems problems) {
    this(set, targetVersion, problems, table -> false);
  }

  /**
   * @param excused tables of which nothing is said, because files that are about them have problems
   *     of their own, of which this would be a consequence
   */
  public LedgerCheck(
      MappingSet set, int targetVersion, Problems problems, Predicate<String> excused) {
    this.excused = excused;
    this.set = set;
    this.mappings =
        set.mappings().stream()
            .filter(mapping -> mapping.versions().contains(targetVersion))
            .map(mapping -> mapping.forVersion(targetVersion))
            .toList();
    this.ledger =
        set.ledger().stream().filter(entry -> entry.versions().contains(targetVersion)).toList();
    this.problems = problems;
  }

  /** Accounts for all columns of the source. */
  public void source(Catalog source) {
    account(
        Side.SOURCE, source, sourceUse(source), "is read by no mapping", "is read by a mapping");
  }

  private ColumnUsage sourceUse(Catalog source) {
    ColumnUsage use = new ColumnUsage(source);
    List<String> sql = new ArrayList<>();
    for (Mapping mapping : mappings) {
      Set<String> words = ReferencedNames.of(mapping);
      mapping.from().forEach(relation -> addRelation(relation, words, source, use, sql));
      for (Lookup lookup : mapping.lookups()) {
        Set<String> columns = new HashSet<>();
        lookup.keys().forEach(key -> columns.add(key.value()));
        if (lookup.value() != null) {
          columns.add(lookup.value().value());
        }
        lookup.read().ifPresent(read -> addRelation(read, columns, source, use, sql));
      }
    }
    for (Fact fact : set.facts()) {
      if (fact.side() == Side.SOURCE && fact.sql() != null) {
        sql.add(fact.sql().value());
      }
    }
    addViews(sql);
    sql.forEach(use::addSql);
    return use;
  }

  /**
   * A table or column that no mapping reads and no ledger lists.
   *
   * @param column null for a whole table
   */
  public record Unaccounted(String table, String column) {

    @Override
    public String toString() {
      return column == null ? table : table + "." + column;
    }
  }

  /** What is in a source and accounted for by nobody. */
  public List<Unaccounted> unaccounted(Catalog source) {
    ColumnUsage use = sourceUse(source);
    return unaccounted(source, use, ledger(Side.SOURCE));
  }

  /** Accounts for all columns of the target. */
  public void target(Catalog target) {
    ColumnUsage use = new ColumnUsage(target);
    for (Mapping mapping : mappings) {
      for (Block block : mapping.to()) {
        block.columns().forEach(column -> use.add(block.table().value(), column.name().value()));
      }
      for (Derivation derivation : mapping.derive()) {
        derivation
            .columns()
            .forEach(column -> use.add(derivation.table().value(), column.name().value()));
      }
      for (Update update : mapping.updates()) {
        update.columns().forEach(column -> use.add(update.table().value(), column.name().value()));
      }
    }
    account(Side.TARGET, target, use, "is filled by no mapping", "is filled by a mapping");
  }

  private static void addRelation(
      Relation relation, Set<String> words, Catalog source, ColumnUsage use, List<String> sql) {
    if (relation.side() == Side.TARGET) {
      return;
    }
    if (relation.table() == null) {
      sql.add(relation.sql().value());
      return;
    }
    source
        .table(relation.table().value())
        .ifPresent(
            table ->
                table.columnNames().stream()
                    .filter(
                        column ->
                            words.contains(column)
                                || relation.where() != null
                                    && Queries.mentions(relation.where().value(), column))
                    .forEach(column -> use.add(table.name(), column)));
  }

  /** A view counts where something that runs mentions it. */
  private void addViews(List<String> sql) {
    for (int i = set.views().size() - 1; i >= 0; i--) {
      View view = set.views().get(i);
      if (view.side() == Side.SOURCE
          && sql.stream().anyMatch(text -> Queries.mentions(text, view.name().value()))) {
        sql.add(view.sql().value());
      }
    }
  }

  private void account(
      Side side, Catalog catalog, ColumnUsage use, String unaccounted, String contradicted) {
    List<LedgerEntry> listed = ledger(side);
    LedgerNames names = new LedgerNames(listed, catalog, use, excused);
    names.report(side, problems);
    for (Unaccounted one : unaccounted(catalog, use, listed)) {
      boolean excusedOne =
          one.column() == null
              ? names.isExcused(one.table())
              : names.isExcused(one.table()) || names.isExcused(one.table(), one.column());
      if (excusedOne) {
        continue;
      }
      problems.add(
          place(side, one, listed),
          "the "
              + (one.column() == null ? "table " : "column ")
              + one
              + " of the "
              + side
              + " "
              + unaccounted
              + "; map it, or list it in a ledger file with the reason");
    }
    for (LedgerEntry entry : listed) {
      String table = entry.table().value();
      boolean contradiction =
          entry.column() == null ? use.has(table) : use.has(table, entry.column().value());
      if (contradiction) {
        problems.add(
            entry.column() == null ? entry.table().at() : entry.column().at(),
            (entry.column() == null ? table : table + "." + entry.column())
                + " "
                + contradicted
                + ", so it does not belong in the ledger");
      }
    }
  }

  /**
   * Where the author looks first: where the mapping fills the table, or else the entry of the
   * ledger behind which one of this name belongs.
   */
  private Position place(Side side, Unaccounted one, List<LedgerEntry> listed) {
    if (side == Side.TARGET && one.column() != null) {
      for (Mapping mapping : mappings) {
        for (Block block : mapping.to()) {
          if (block.table().value().equals(one.table())) {
            return block.table().at();
          }
        }
      }
    }
    Text before = null;
    for (LedgerEntry entry : listed) {
      String name = entry.table().value();
      boolean nearer = before == null || name.compareTo(before.value()) > 0;
      if (name.compareTo(one.table()) <= 0 && nearer) {
        before = entry.table();
      }
    }
    if (before != null) {
      return before.at();
    }
    return listed.isEmpty() ? set.name().at() : listed.get(0).table().at();
  }

  private List<LedgerEntry> ledger(Side side) {
    return ledger.stream().filter(entry -> entry.side() == side).toList();
  }

  private static List<Unaccounted> unaccounted(
      Catalog catalog, ColumnUsage use, List<LedgerEntry> listed) {
    List<Unaccounted> found = new ArrayList<>();
    for (Table table : catalog.tables()) {
      List<LedgerEntry> entries =
          listed.stream().filter(entry -> names(entry, table.name())).toList();
      if (entries.stream().anyMatch(entry -> entry.column() == null)) {
        continue;
      }
      if (entries.isEmpty() && !use.has(table.name())) {
        found.add(new Unaccounted(table.name(), null));
        continue;
      }
      for (Column column : table.columns()) {
        boolean known =
            entries.stream().anyMatch(entry -> entry.column().value().equals(column.name()));
        if (!known && !use.has(table.name(), column.name())) {
          found.add(new Unaccounted(table.name(), column.name()));
        }
      }
    }
    return found;
  }

  /** A star at the end of an entry stands for any rest: a fork may have many tables of one kind. */
  private static boolean names(LedgerEntry entry, String table) {
    String name = entry.table().value();
    return name.endsWith("*")
        ? table.startsWith(name.substring(0, name.length() - 1))
        : name.equals(table);
  }
}
