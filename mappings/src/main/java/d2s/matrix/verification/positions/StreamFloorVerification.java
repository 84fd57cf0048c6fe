package d2s.matrix.verification.positions;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.rows.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The first sync with a token of Dendrite: its numbers mean other streams to Synapse. So everything
 * but events stands above every number that Dendrite ever gave out; what is below is never sent,
 * and messages to devices are even deleted.
 */
public final class StreamFloorVerification implements Verification {

  private static final String DENDRITE_HIGHEST =
      """
      select max(coalesce(last_value, 0)) from pg_sequences
      where schemaname = 'public'
        and (sequencename like 'syncapi\\_%' or sequencename like 'keyserver\\_key\\_changes\\_%')
      """;

  private static final String DENDRITE_EVENTS =
      "select last_value from pg_sequences where schemaname = 'public'"
          + " and sequencename = 'syncapi_stream_id'";

  /** What names a row of each stream. */
  private static final Map<String, String> STREAMS =
      Map.of(
          "account_data", "user_id || ' ' || account_data_type",
          "room_account_data", "user_id || ' ' || room_id || ' ' || account_data_type",
          "room_tags_revisions", "user_id || ' ' || room_id",
          "receipts_linearized", "user_id || ' ' || room_id",
          "presence_stream", "user_id",
          "device_inbox", "user_id || ' ' || device_id",
          "device_federation_outbox", "destination",
          "device_lists_stream", "user_id || ' ' || device_id",
          "device_lists_changes_in_room", "user_id || ' ' || room_id",
          "device_lists_outbound_pokes", "destination || ' ' || user_id");

  private static final List<String> SEQUENCES =
      List.of(
          "account_data_sequence",
          "receipts_sequence",
          "presence_stream_sequence",
          "push_rules_stream_sequence",
          "device_inbox_sequence",
          "device_lists_sequence");

  @Override
  public String name() {
    return "stream floor";
  }

  @Override
  public String proves() {
    return "No old sync token hides anything that is not an event.";
  }

  @Override
  public List<String> tables() {
    return List.of("events");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    Connection target = context.target();
    long floor = Sql.number(context.source(), DENDRITE_HIGHEST);
    for (String sequence : SEQUENCES) {
      findings.looked();
      if (Sql.number(target, "select last_value from " + sequence) < floor) {
        findings.found(sequence, "is below positions that Dendrite has given to clients");
      }
    }
    findings.looked();
    if (Sql.number(target, "select last_value from events_stream_seq")
        < Sql.number(context.source(), DENDRITE_EVENTS)) {
      findings.found("events_stream_seq", "is below positions that Dendrite has given to clients");
    }
    for (Map.Entry<String, String> stream : STREAMS.entrySet()) {
      findings.looked(Sql.number(target, "select count(*) from " + stream.getKey()));
      Sql.findAll(
          target,
          "select %s from %s where stream_id <= %d"
              .formatted(stream.getValue(), stream.getKey(), floor),
          "is in " + stream.getKey() + " where a client with an old token would not get it",
          findings);
    }
  }
}
