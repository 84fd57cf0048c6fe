package d2s.matrix.verification.completeness;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Merge;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Things that any table of Dendrite names and Synapse does not have: rooms, events, local members,
 * files, and what users own, from accounts and devices to filters and receipts.
 *
 * <p>It asks nothing of how a thing should be carried over, so that no thing can be lost without a
 * word. Whether it is lost for a reason is the business of the other verifications: each of them
 * says whether Dendrite's data are damaged there or the load is wrong.
 */
public final class CompletenessVerification implements Verification {

  private static final List<Kind> KINDS =
      Stream.concat(RoomKinds.ALL.stream(), UserKinds.ALL.stream()).toList();

  @Override
  public String name() {
    return "completeness";
  }

  @Override
  public String proves() {
    return "Everything that any table of Dendrite knows of rooms, files and users is there or named.";
  }

  @Override
  public List<String> tables() {
    return KINDS.stream().flatMap(kind -> kind.tables().stream()).distinct().toList();
  }

  @Override
  public int passes() {
    return 2;
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    for (Kind kind : KINDS) {
      Merge.of(
          context,
          "select key, string_agg(distinct known_in, ', ') as tables from ("
              + kind.source()
              + ") known group by key",
          kind.target(),
          (key, dendrite, synapse) -> {
            findings.looked();
            if (synapse == null) {
              findings.noted(
                  kind.what() + " " + key,
                  "is in " + dendrite.getString("tables") + ", but not in Synapse");
            }
          });
    }
  }
}
