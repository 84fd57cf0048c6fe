package d2s.engine.loader;

import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.Phase;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds mappings of phases that there are not: one problem for each misspelt name. */
final class PhaseCheck {

  private PhaseCheck() {}

  static void check(List<Phase> phases, List<Mapping> mappings, Problems problems) {
    List<String> names = phases.stream().map(phase -> phase.name().value()).toList();
    Map<String, List<Mapping>> unknown = new LinkedHashMap<>();
    for (Mapping mapping : mappings) {
      String phase = mapping.phase().value();
      if (!phase.isEmpty() && !names.contains(phase)) {
        unknown.computeIfAbsent(phase, name -> new java.util.ArrayList<>()).add(mapping);
      }
    }
    unknown.forEach((name, members) -> report(name, members, phases, mappings, problems));
  }

  private static void report(
      String name,
      List<Mapping> members,
      List<Phase> phases,
      List<Mapping> mappings,
      Problems problems) {
    List<String> unused =
        phases.stream()
            .map(phase -> phase.name().value())
            .filter(phase -> mappings.stream().noneMatch(one -> one.phase().value().equals(phase)))
            .toList();
    String near = Suggestion.of(name, unused);
    if (members.size() > 1 && !near.isEmpty()) {
      // Many say one name and nobody the other: the other is the misspelt one.
      Phase misspelt =
          phases.stream()
              .filter(phase -> near.contains(" " + phase.name().value() + "?"))
              .findFirst()
              .orElseThrow();
      problems.add(
          misspelt.name().at(),
          "no mapping is in the phase "
              + misspelt.name()
              + ", but "
              + members.size()
              + " say "
              + name
              + "; did you mean "
              + name
              + "?");
      return;
    }
    String others =
        members.size() == 1 ? "" : " (also in " + (members.size() - 1) + " other files)";
    problems.add(
        members.get(0).phase().at(),
        "no phase "
            + name
            + " in set.yaml"
            + Suggestion.of(name, phases.stream().map(phase -> phase.name().value()).toList())
            + others);
  }
}
