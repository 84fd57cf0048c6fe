package d2s.cli.options;

import java.util.Set;
import picocli.CommandLine.Option;

/** What need not be as it must be. */
public final class AcceptOption {

  @Option(
      names = "--accept",
      paramLabel = "NAME",
      split = ",",
      description =
          "Go on although something is not as it must be. The message that refuses the migration says"
              + " which name to give and what it means.")
  Set<String> names = Set.of();

  public Set<String> names() {
    return names;
  }
}
