package d2s.engine.plan;

import d2s.engine.bound.BoundMapping;
import d2s.engine.bound.BoundMappings;
import d2s.engine.bound.OmittedMapping;
import d2s.engine.mapping.Derivation;
import d2s.engine.mapping.Lookup;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Side;
import d2s.engine.query.Queries;
import d2s.engine.query.Views;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.ForeignKey;
import d2s.engine.schema.Table;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The mappings in an order in which each finds what it needs.
 *
 * <p>The order comes from the foreign keys of the target, from the target tables that a mapping
 * reads, and from {@code depends_on:}. Where none of them decides, the order of the phases does,
 * then that of the files.
 *
 * @param omitted mappings that do not run because the source has nothing for them
 */
public record Plan(List<Step> steps, List<OmittedMapping> omitted) {

  private static final String SAYS_SO = "says so";

  /**
   * @param problems takes a cycle, named as a cycle
   */
  public static Plan of(MappingSet set, BoundMappings checked, Catalog target, Problems problems) {
    List<Step> unordered =
        checked.mappings().stream()
            .map(bound -> new Step(bound, reads(set, bound, target), bound.mapping().fills()))
            .toList();
    List<Step> waiting =
        unordered.stream().map(step -> step.after(predecessors(step, unordered, target))).toList();
    return new Plan(sort(waiting, problems), checked.omitted());
  }

  public Optional<Step> step(String name) {
    return steps.stream().filter(step -> step.name().equals(name)).findAny();
  }

  /**
   * The steps before this one that must be over before it begins. All others can run at the same
   * time, and the target is in the end as if they had run one after the other.
   */
  public SortedSet<String> waitsFor(Step step) {
    SortedSet<String> names = new TreeSet<>();
    for (Step other : steps.subList(0, steps.indexOf(step))) {
      if (step.after().containsKey(other.name()) || step.conflictsWith(other)) {
        names.add(other.name());
      }
    }
    return names;
  }

  /** For each step the number of those that cannot begin before it is over. */
  public Map<String, Integer> howManyWait() {
    Map<String, Set<String>> behind = new HashMap<>();
    steps.forEach(step -> behind.put(step.name(), new HashSet<>()));
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      for (String before : waitsFor(step)) {
        behind.get(before).add(step.name());
        behind.get(before).addAll(behind.get(step.name()));
      }
    }
    Map<String, Integer> numbers = new HashMap<>();
    behind.forEach((name, others) -> numbers.put(name, others.size()));
    return numbers;
  }

  /** The steps that must run before one, each with the reason for a person. */
  private static Map<String, String> predecessors(Step step, List<Step> all, Catalog target) {
    Map<String, String> predecessors = new TreeMap<>();
    for (Step other : all) {
      if (other == step) {
        continue;
      }
      String reason = null;
      for (String table : step.reads()) {
        // Two mappings that read and fill each other's table would be a cycle; filling wins.
        if (other.fills().contains(table) && !step.fills().contains(table)) {
          reason = "reads " + table;
        }
      }
      for (String table : step.fills()) {
        for (ForeignKey key : foreignKeys(target, table)) {
          if (other.fills().contains(key.targetTable())
              && !step.fills().contains(key.targetTable())) {
            reason = table + " refers to " + key.targetTable();
          }
        }
      }
      for (Lookup lookup : step.bound().mapping().lookups()) {
        if (lookup.skipped() != null && lookup.skipped().value().equals(other.name())) {
          reason = "asks what " + other.name() + " skipped";
        }
      }
      for (Text before : step.bound().mapping().dependsOn()) {
        if (before.value().equals(other.name())) {
          reason = SAYS_SO;
        }
      }
      if (reason != null) {
        predecessors.put(other.name(), reason);
      }
    }
    return predecessors;
  }

  private static List<ForeignKey> foreignKeys(Catalog target, String table) {
    return target.table(table).map(Table::foreignKeys).orElse(List.of());
  }

  private static List<Step> sort(List<Step> unordered, Problems problems) {
    List<Step> sorted = new ArrayList<>();
    List<String> done = new ArrayList<>();
    List<Step> left = new ArrayList<>(unordered);
    while (!left.isEmpty()) {
      Optional<Step> next =
          left.stream().filter(step -> done.containsAll(step.after().keySet())).findFirst();
      if (next.isEmpty()) {
        reportCycle(left, done, problems);
        return sorted;
      }
      sorted.add(next.get());
      done.add(next.get().name());
      left.remove(next.get());
    }
    return sorted;
  }

  private static void reportCycle(List<Step> left, List<String> done, Problems problems) {
    List<Step> path = new ArrayList<>();
    Step step = left.get(0);
    while (!path.contains(step)) {
      path.add(step);
      step = step(left, firstUnmet(step, done));
    }
    List<Step> cycle = path.subList(path.indexOf(step), path.size());
    StringBuilder text = new StringBuilder("these mappings wait for each other: ");
    for (Step member : cycle) {
      String other = firstUnmet(member, done);
      text.append(member.name())
          .append(" after ")
          .append(other)
          .append(" (")
          .append(member.after().get(other))
          .append(place(member, other))
          .append("), ");
    }
    text.setLength(text.length() - 2);
    problems.add(cycle.get(0).bound().mapping().name().at(), text.toString());
  }

  /** Where it is written why a step waits for another one: {@code ", file:line:column"}. */
  private static String place(Step step, String other) {
    Mapping mapping = step.bound().mapping();
    String reason = step.after().get(other);
    List<Position> places = new ArrayList<>();
    if (reason.equals(SAYS_SO)) {
      mapping.dependsOn().stream()
          .filter(name -> name.value().equals(other))
          .forEach(name -> places.add(name.at()));
    } else if (reason.startsWith("asks ")) {
      mapping.lookups().stream()
          .map(Lookup::skipped)
          .filter(name -> name != null && name.value().equals(other))
          .forEach(name -> places.add(name.at()));
    } else if (reason.startsWith("reads ")) {
      String table = reason.substring("reads ".length());
      mapping.from().stream()
          .filter(one -> one.side() == Side.TARGET && one.sql() != null)
          .filter(one -> Queries.mentions(one.sql().value(), table))
          .forEach(one -> places.add(one.sql().at()));
      mapping.derive().stream()
          .filter(one -> Queries.mentions(one.from().value(), table))
          .forEach(one -> places.add(one.from().at()));
    } else {
      mapping.to().stream()
          .filter(block -> reason.startsWith(block.table().value() + " "))
          .forEach(block -> places.add(block.table().at()));
      mapping.derive().stream()
          .filter(one -> reason.startsWith(one.table().value() + " "))
          .forEach(one -> places.add(one.table().at()));
    }
    return places.isEmpty() ? "" : ", " + places.get(0);
  }

  private static Step step(List<Step> steps, String name) {
    return steps.stream().filter(step -> step.name().equals(name)).findAny().orElseThrow();
  }

  private static String firstUnmet(Step step, Collection<String> done) {
    return step.after().keySet().stream().filter(name -> !done.contains(name)).findFirst().get();
  }

  private static SortedSet<String> reads(MappingSet set, BoundMapping bound, Catalog target) {
    List<String> sql = new ArrayList<>();
    Mapping mapping = bound.mapping();
    bound.relations().stream()
        .filter(relation -> relation.relation().side() == Side.TARGET)
        .forEach(relation -> sql.add(relation.sql()));
    bound.lookups().stream()
        .filter(one -> one.lookup().read().filter(read -> read.side() == Side.TARGET).isPresent())
        .forEach(lookup -> sql.add(lookup.sql()));
    for (Derivation derivation : mapping.derive()) {
      sql.add(derivation.from().value());
      derivation.columns().forEach(column -> sql.add(column.sql().value()));
    }
    mapping
        .updates()
        .forEach(
            update -> {
              sql.add(update.table().value());
              if (update.where() != null) {
                sql.add(update.where().value());
              }
              update.columns().forEach(column -> sql.add(column.sql().value()));
            });
    mapping.sequences().forEach(sequence -> sql.add(sequence.sql().value()));
    List<String> texts = Views.withUsed(sql, Side.TARGET, set.views());
    SortedSet<String> reads = new TreeSet<>();
    for (String table : target.tableNames()) {
      if (texts.stream().anyMatch(text -> Queries.mentions(text, table))) {
        reads.add(table);
      }
    }
    return reads;
  }

  /** The steps of these phases only; none named means all. */
  public Plan only(Collection<String> phases) {
    return phases.isEmpty()
        ? this
        : new Plan(
            steps.stream().filter(step -> phases.contains(step.phase())).toList(),
            omitted.stream()
                .filter(one -> phases.contains(one.mapping().phase().value()))
                .toList());
  }
}
