package d2s.cli.schemas;

import d2s.engine.yaml.Problem;
import java.nio.file.Path;

/** How a problem of a mapping file is printed. The names are those of the option. */
public enum ProblemFormat {
  /** For people, with the quoted line. */
  text,

  /** One line that editors can jump to. */
  line,

  /** The workflow command by which GitHub shows a problem beside the changed line. */
  github;

  /**
   * @param folder the folder of the mapping files with a slash behind it, or nothing
   */
  public String line(Problem problem, String folder) {
    return switch (this) {
      case text -> problem.toString();
      case line ->
          "%s:%d:%d: error: %s"
              .formatted(
                  file(problem, folder),
                  problem.at().line(),
                  problem.at().column(),
                  problem.message());
      case github ->
          "::error file=%s,line=%d,col=%d::%s"
              .formatted(
                  property(file(problem, folder)),
                  problem.at().line(),
                  problem.at().column(),
                  data(problem.message()));
    };
  }

  /** SQL of a verification stands beside the folder, in Java: {@code ../src/main/java/...}. */
  private static String file(Problem problem, String folder) {
    String name = problem.at().source().name();
    return name.startsWith("..") ? Path.of(folder + name).normalize().toString() : folder + name;
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
