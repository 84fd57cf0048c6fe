package d2s.cli.options;

import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.ExitCode;
import d2s.engine.mapping.Phase;
import d2s.engine.yaml.Suggestion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the phases that a user means by numbers and names. */
public final class PhaseSelector {

  private PhaseSelector() {}

  /**
   * @param phases all there are, in their order; the first has the number 1
   * @param wanted numbers and names, each possibly several joined with commas
   * @return names in the order of the phases; empty when nothing was wanted, which means all
   */
  public static Set<String> choose(List<Phase> phases, List<String> wanted)
      throws CommandFailedException {
    List<String> names = phases.stream().map(phase -> phase.name().value()).toList();
    Set<String> chosen = new LinkedHashSet<>();
    for (String text : wanted) {
      for (String part : text.split(",", -1)) {
        chosen.add(find(names, part.strip()));
      }
    }
    Set<String> ordered = new LinkedHashSet<>(names);
    ordered.retainAll(chosen);
    return ordered;
  }

  private static String find(List<String> names, String wanted) throws CommandFailedException {
    if (wanted.matches("[0-9]{1,4}")) {
      int number = Integer.parseInt(wanted);
      if (number >= 1 && number <= names.size()) {
        return names.get(number - 1);
      }
    } else if (names.contains(wanted)) {
      return wanted;
    }
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      all.append(i == 0 ? "" : ", ").append(i + 1).append(" ").append(names.get(i));
    }
    throw new CommandFailedException(
        ExitCode.USAGE,
        "--phase: there is no phase \""
            + wanted
            + "\""
            + Suggestion.of(wanted, names)
            + "; the phases are "
            + all);
  }
}
