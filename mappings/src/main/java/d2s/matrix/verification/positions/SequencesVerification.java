package d2s.matrix.verification.positions;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.rows.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Synapse checks of its sequences when it starts. One behind its tables gives out a number
 * twice; one behind {@code stream_positions} keeps Synapse from starting.
 */
public final class SequencesVerification implements Verification {

  /** The columns that each sequence numbers; a minus counts down from zero. */
  private static final Map<String, List<String>> NUMBERED = new LinkedHashMap<>();

  static {
    NUMBERED.put(
        "events_stream_seq",
        List.of(
            "events.stream_ordering",
            "current_state_delta_stream.stream_id",
            "ex_outlier_stream.event_stream_ordering"));
    NUMBERED.put("events_backfill_stream_seq", List.of("events.-stream_ordering"));
    NUMBERED.put(
        "account_data_sequence",
        List.of(
            "account_data.stream_id",
            "room_account_data.stream_id",
            "room_tags_revisions.stream_id"));
    NUMBERED.put("receipts_sequence", List.of("receipts_linearized.stream_id"));
    NUMBERED.put("presence_stream_sequence", List.of("presence_stream.stream_id"));
    NUMBERED.put("push_rules_stream_sequence", List.of("push_rules_stream.stream_id"));
    NUMBERED.put(
        "device_inbox_sequence",
        List.of("device_inbox.stream_id", "device_federation_outbox.stream_id"));
    NUMBERED.put(
        "device_lists_sequence",
        List.of(
            "device_lists_stream.stream_id",
            "user_signature_stream.stream_id",
            "device_lists_outbound_pokes.stream_id",
            "device_lists_changes_in_room.stream_id",
            "device_lists_remote_pending.stream_id",
            "device_lists_changes_converted_stream_position.stream_id"));
    NUMBERED.put("e2e_cross_signing_keys_sequence", List.of("e2e_cross_signing_keys.stream_id"));
    NUMBERED.put("pushers_sequence", List.of("pushers.id", "deleted_pushers.stream_id"));
    NUMBERED.put("state_group_id_seq", List.of("state_groups.id"));
    NUMBERED.put("event_auth_chain_id", List.of("event_auth_chains.chain_id"));
    NUMBERED.put("application_services_txn_id_seq", List.of("application_services_txns.txn_id"));
  }

  /** The sequence of each stream that writers keep their position of. */
  private static final Map<String, String> STREAMS =
      Map.of(
          "events", "events_stream_seq",
          "account_data", "account_data_sequence",
          "receipts", "receipts_sequence",
          "presence_stream", "presence_stream_sequence",
          "push_rules_stream", "push_rules_stream_sequence",
          "to_device", "device_inbox_sequence",
          "device_lists_stream", "device_lists_sequence",
          "pushers", "pushers_sequence",
          "backfill", "events_backfill_stream_seq");

  @Override
  public String name() {
    return "sequences";
  }

  @Override
  public String proves() {
    return "Every sequence is above what it has numbered and Synapse starts with it.";
  }

  @Override
  public List<String> tables() {
    return List.of("events");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    Connection target = context.target();
    for (Map.Entry<String, List<String>> sequence : NUMBERED.entrySet()) {
      if (exists(target, sequence.getKey())) {
        for (String column : sequence.getValue()) {
          checkColumn(target, sequence.getKey(), column, findings);
        }
      }
    }
    checkGuests(target, findings);
    Sql.each(
        target,
        "select stream_name, abs(stream_id) from stream_positions",
        row -> {
          String sequence = STREAMS.get(row.getString(1));
          if (sequence != null && row.getLong(2) > last(target, sequence)) {
            findings.found(
                row.getString(1), "is a stream ahead of its sequence: Synapse would not start");
          }
        });
  }

  private static void checkColumn(
      Connection target, String sequence, String column, Findings findings) throws SQLException {
    if (Sql.has(target, column.replace("-", ""))) {
      String table = column.substring(0, column.indexOf('.'));
      String value = column.substring(column.indexOf('.') + 1);
      findings.looked();
      if (Sql.number(target, "select max(" + value + ") from " + table) > last(target, sequence)) {
        findings.found(sequence, "is behind " + column.replace("-", ""));
      }
    }
  }

  /** Guests are named by a number that no user may have yet. */
  private static void checkGuests(Connection target, Findings findings) throws SQLException {
    long highest =
        Sql.number(
            target, "select max(substring(name from '^@([0-9]{1,15}):')::bigint) from users");
    findings.looked();
    if (highest > last(target, "user_id_seq")) {
      findings.found("user_id_seq", "would give a guest the name of a user");
    }
  }

  private static boolean exists(Connection target, String sequence) throws SQLException {
    return Sql.number(
            target,
            "select count(*) from pg_sequences where schemaname = 'public' and sequencename = '"
                + sequence
                + "'")
        > 0;
  }

  /** The last number that a sequence gave out; 0 if none. */
  private static long last(Connection target, String sequence) throws SQLException {
    return Sql.number(
        target, "select case when is_called then last_value else 0 end from " + sequence);
  }
}
