package d2s.engine.spec;

import java.util.List;
import java.util.stream.Collectors;

/** The mapping files have problems. Nothing was run. */
public final class InvalidMappings extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  public InvalidMappings(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
