package d2s.engine.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** The mapping files have problems. Nothing was run. */
public final class InvalidMappingsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  public InvalidMappingsException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
