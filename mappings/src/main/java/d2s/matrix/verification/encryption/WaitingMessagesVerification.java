package d2s.matrix.verification.encryption;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Comparisons;
import d2s.matrix.verification.rows.Lists;
import d2s.matrix.verification.rows.Merge;
import java.sql.SQLException;
import java.util.ArrayList;
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
            select m.user_id || ' ' || m.device_id || ' ' || md5(convert_to(m.content, 'UTF8')) || ' ' || row_number() over (
                     partition by m.user_id, m.device_id, m.content order by m.id) as key, m.content, m.content as message
            from syncapi_send_to_device m
            where exists (
              select 1 from userapi_devices d
              join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a using (localpart, server_name)
              where d.device_id = m.device_id and '@' || d.localpart || ':' || d.server_name = m.user_id
                and a.is_deactivated is not true)
            """,
            """
            select user_id || ' ' || device_id || ' ' || md5(message_json) || ' ' || row_number() over (
                     partition by user_id, device_id, message_json order by stream_id) as key,
                   message_json as content
            from device_inbox
            """));
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    super.verify(context, findings);
    Merge.of(
        context,
        """
        select m.user_id || ' ' || m.device_id as key, array_agg(md5(convert_to(m.content, 'UTF8')) order by m.id) as messages,
               count(distinct m.id) < count(*) as without_order
        from syncapi_send_to_device m group by 1
        """,
        """
        select user_id || ' ' || device_id as key, array_agg(md5(message_json) order by stream_id) as messages
        from device_inbox group by 1
        """,
        (device, dendrite, synapse) -> {
          if (dendrite != null && synapse != null) {
            List<String> before = new ArrayList<>(Lists.texts(dendrite, "messages"));
            List<String> after = Lists.texts(synapse, "messages");
            before.retainAll(after);
            if (!before.equals(after) && dendrite.getBoolean("without_order")) {
              findings.noted(
                  device, "gets its messages in some order: Dendrite has several under one number");
            } else if (!before.equals(after)) {
              findings.found(device, "gets its messages in another order");
            }
          }
        });
  }
}
