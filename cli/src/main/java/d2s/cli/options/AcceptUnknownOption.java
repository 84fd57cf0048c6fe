package d2s.cli.options;

import java.util.List;
import picocli.CommandLine.Option;

/** What of Dendrite's database may be left behind unread. */
public final class AcceptUnknownOption {

  @Option(
      names = "--accept-unknown",
      paramLabel = "TABLE[.COLUMN]",
      split = ",",
      description = {
        "Go on though this table or column of Dendrite's database holds something that no mapping"
            + " knows, and leave it behind. Can be given several times or joined with commas.",
        "Default: refuse, and name it."
      })
  List<String> acceptedUnknown = List.of();
}
