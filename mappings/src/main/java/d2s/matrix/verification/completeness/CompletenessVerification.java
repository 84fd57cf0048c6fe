package d2s.matrix.verification.completeness;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.rows.Merge;
import d2s.matrix.verification.rows.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private static final int NAMED_AT_ONCE = 20_000;

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
      List<String> missing = new ArrayList<>();
      Merge.of(
          context,
          "select distinct key from (" + kind.source() + ") known",
          kind.target(),
          (key, dendrite, synapse) -> {
            findings.looked();
            if (synapse == null) {
              missing.add(key);
              if (missing.size() == NAMED_AT_ONCE) {
                name(missing, kind, context, findings);
                missing.clear();
              }
            }
          });
      if (!missing.isEmpty()) {
        name(missing, kind, context, findings);
      }
    }
  }

  /** Says in which tables they are. To ask that of all things takes three times as long. */
  private static void name(
      List<String> missing, Kind kind, VerificationContext context, Findings findings)
      throws SQLException {
    String sql =
        "select key, string_agg(distinct known_in, ', ' order by known_in) from ("
            + Sql.with(context, kind.source())
            + ") known where key = any (?) group by key";
    Map<String, String> tables = new HashMap<>();
    try (PreparedStatement statement = context.source().prepareStatement(sql)) {
      statement.setArray(1, context.source().createArrayOf("text", missing.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          tables.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    for (String key : missing) {
      findings.noted(kind.what() + " " + key, "is in " + tables.get(key) + ", but not in Synapse");
    }
  }
}
