package d2s.matrix.verification.encryption;

import d2s.matrix.verification.Comparisons;
import java.util.List;

/** Messages to devices that were not fetched, each device's in the order in which they came. */
public final class WaitingMessagesVerification extends Comparisons {

  @Override
  public String name() {
    return "waiting messages";
  }

  @Override
  public String proves() {
    return "Every message that waits for a device is there and in its order.";
  }

  @Override
  public List<String> tables() {
    return List.of("device_inbox");
  }

  @Override
  protected List<Comparison> comparisons() {
    return List.of(
        new Comparison(
            "message to a device",
            """
            select m.user_id || ' ' || m.device_id || ' ' || lpad((row_number() over (
                     partition by m.user_id, m.device_id order by m.id))::text, 9, '0') as key, m.content
            from syncapi_send_to_device m
            join userapi_devices d
              on d.device_id = m.device_id and '@' || d.localpart || ':' || d.server_name = m.user_id
            join (select * from userapi_accounts where position(':' in localpart) = 0) a using (localpart, server_name)
            where a.is_deactivated is not true
            """,
            """
            select user_id || ' ' || device_id || ' ' || lpad((row_number() over (
                     partition by user_id, device_id order by stream_id))::text, 9, '0') as key,
                   message_json as content
            from device_inbox
            """));
  }
}
