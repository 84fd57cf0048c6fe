package d2s.cli.schemas;

import d2s.engine.yaml.Problem;

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
      case line -> folder + problem.at() + ": error: " + problem.message();
      case github ->
          "::error file=%s,line=%d,col=%d::%s"
              .formatted(
                  property(folder + problem.at().source().name()),
                  problem.at().line(),
                  problem.at().column(),
                  data(problem.message()));
    };
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
