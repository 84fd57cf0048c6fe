package d2s.matrix.verification.userdata;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Comparisons;
import d2s.matrix.verification.rows.Merge;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;
import java.util.List;

/** {@code event_push_summary}: the numbers that Dendrite shows at rooms with something unread. */
public final class UnreadCountsVerification extends Comparisons {

  @Override
  public String name() {
    return "unread counts";
  }

  @Override
  public String proves() {
    return "Every room shows as many unread notifications as before.";
  }

  @Override
  public List<String> tables() {
    return List.of("event_push_summary");
  }

  @Override
  protected List<Comparison> comparisons() {
    return List.of(
        new Comparison(
            "number of unread notifications",
            """
            select d.user_id || ' ' || d.room_id as key, d.notification_count as notifications, d.room_id as of_room
            from syncapi_notification_data d
            join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a on '@' || a.localpart || ':' || a.server_name = d.user_id
            where d.notification_count > 0
            """,
            """
            select user_id || ' ' || room_id as key, sum(notif_count) as notifications
            from event_push_summary group by 1
            """));
  }

  /** A number counts only for the receipt that it was made with. */
  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    super.verify(context, findings);
    Sql.findAll(
        context.target(),
        """
        select s.user_id || ' ' || s.room_id from event_push_summary s
        left join (
          select user_id, room_id, max(event_stream_ordering) as newest from receipts_linearized
          where receipt_type in ('m.read', 'm.read.private') group by user_id, room_id
        ) r on r.user_id = s.user_id and r.room_id = s.room_id
        where s.last_receipt_stream_ordering is distinct from r.newest
        """,
        "has a number of unread notifications that is not of the newest receipt",
        findings);
    Merge.of(
        context,
        "select distinct event_id as key from syncapi_relations where rel_type = 'm.thread'",
        "select distinct thread_id as key from event_push_summary where thread_id <> 'main'",
        (thread, dendrite, synapse) -> {
          if (dendrite == null) {
            findings.found(thread, "has unread notifications, but is no thread in Dendrite");
          }
        });
  }
}
