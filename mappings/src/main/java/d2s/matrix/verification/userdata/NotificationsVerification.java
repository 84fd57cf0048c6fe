package d2s.matrix.verification.userdata;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.rows.Lists;
import d2s.matrix.verification.rows.Merge;
import d2s.matrix.verification.rows.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * {@code event_push_actions}: the list of notifications. An unread one must be there if it comes
 * after what the user has read; others may be.
 */
public final class NotificationsVerification implements Verification {

  /** An event that clients were shown; Synapse can list no other, and no redaction. */
  private static final String SHOWN =
      """
      select 1 from events
      where event_id = ? and room_id = ? and stream_ordering > 0 and rejection_reason is null
        and type <> 'm.room.redaction'
      """;

  /** One of those that Dendrite has for sure, by its own columns. */
  private static final String KNOWN =
      """
      select 1 from roomserver_events where event_id = ? and event_type_nid <> 6 and not is_rejected
      """;

  private static final String DENDRITE =
      """
      with read_up_to as (
        select r.user_id, r.room_id, max(o.id) as id
        from syncapi_receipts r join syncapi_output_room_events o on o.event_id = r.event_id
        where r.receipt_type in ('m.read', 'm.read.private')
        group by r.user_id, r.room_id
      ), counted as (
        select user_id, room_id from syncapi_notification_data
        where notification_count > 0 or highlight_count > 0
        group by user_id, room_id
      ), noted as (
        select '@' || n.localpart || ':' || n.server_name as user_id, n.event_id, min(n.room_id) as room_id,
               bool_or(n.highlight) as highlight, bool_and(n.read) as read
        from userapi_notifications n
        join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a using (localpart, server_name)
        where n.highlight or not n.read
        group by 1, 2
      )
      select n.user_id || ' ' || n.event_id as key, n.event_id, n.room_id, n.highlight, t.threads,
             not n.read and c.room_id is not null and o.id > coalesce(u.id, 0) as unread
      from noted n
      left join counted c on c.user_id = n.user_id and c.room_id = n.room_id
      left join read_up_to u on u.user_id = n.user_id and u.room_id = n.room_id
      left join (
        select child_event_id, array_agg(event_id) as threads
        from syncapi_relations where rel_type = 'm.thread' group by child_event_id
      ) t on t.child_event_id = n.event_id
      left join (
        select event_id, min(id) as id from syncapi_output_room_events group by event_id
      ) o on o.event_id = n.event_id
      """;

  @Override
  public String name() {
    return "notifications";
  }

  @Override
  public String proves() {
    return "Every unread notification is in the list of notifications.";
  }

  @Override
  public List<String> tables() {
    return List.of("event_push_actions");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    try (PreparedStatement shown = context.target().prepareStatement(SHOWN);
        PreparedStatement known = context.source().prepareStatement(KNOWN)) {
      Merge.of(
          context,
          DENDRITE,
          """
          select user_id || ' ' || event_id as key, thread_id, highlight from event_push_actions
          """,
          (key, dendrite, synapse) -> {
            findings.looked();
            if (dendrite == null) {
              findings.found(key, "is a notification that Dendrite does not have");
            } else if (synapse == null) {
              known.setString(1, dendrite.getString("event_id"));
              shown.setString(1, dendrite.getString("event_id"));
              shown.setString(2, dendrite.getString("room_id"));
              if (dendrite.getBoolean("unread") && hasRow(known) && hasRow(shown)) {
                findings.found(key, "this notification is missing");
              }
            } else if (!isInThread(dendrite, synapse.getString("thread_id"))) {
              findings.found(key, "this notification is in another thread than in Dendrite");
            } else if (dendrite.getBoolean("highlight") != (synapse.getInt("highlight") == 1)) {
              findings.found(key, "this notification is one of a mention on one server only");
            }
          });
    }
    Sql.findAll(
        context.target(),
        """
        select a.user_id || ' ' || a.event_id
        from event_push_actions a
        left join events e on e.event_id = a.event_id
        where e.room_id is distinct from a.room_id or e.stream_ordering is distinct from a.stream_ordering
        """,
        "is a notification in another room or place than its event",
        findings);
  }

  private static boolean isInThread(ResultSet dendrite, String thread) throws SQLException {
    List<String> threads = Lists.texts(dendrite, "threads");
    return threads.isEmpty() ? thread.equals("main") : threads.contains(thread);
  }

  private static boolean hasRow(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next();
    }
  }
}
