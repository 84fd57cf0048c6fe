package d2s.matrix.verification.userdata;

import d2s.matrix.verification.Comparisons;
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
}
