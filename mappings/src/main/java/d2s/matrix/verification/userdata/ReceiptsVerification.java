package d2s.matrix.verification.userdata;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Carried;
import d2s.matrix.verification.UserIds;
import d2s.matrix.verification.rows.Merge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** {@code receipts_linearized}: how far everybody has read. */
public final class ReceiptsVerification implements Verification {

  @Override
  public String name() {
    return "receipts";
  }

  @Override
  public String proves() {
    return "Everybody has read as far as before.";
  }

  @Override
  public List<String> tables() {
    return List.of("receipts_linearized", "receipts_graph");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    String local = ":" + context.fact("server_name");
    try (Carried carried = new Carried(context)) {
      Merge.of(
          context,
          """
        select distinct on (r.user_id, r.room_id, r.receipt_type)
               r.user_id || ' ' || r.room_id || ' ' || r.receipt_type as key, r.user_id, r.event_id,
               '{"ts":' || r.receipt_ts || '}' as data, r.room_id
        from syncapi_receipts r
        left join roomserver_rooms k on k.room_id = r.room_id
        left join roomserver_events e on e.event_id = r.event_id and e.room_nid = k.room_nid
        left join syncapi_output_room_events o
          on o.event_id = e.event_id and o.id > 0 and o.exclude_from_sync is not true
        where r.receipt_type in ('m.read', 'm.read.private')
        order by r.user_id, r.room_id, r.receipt_type, o.id desc nulls last, e.event_nid desc nulls last, r.id desc
        """,
          """
        select r.user_id || ' ' || r.room_id || ' ' || r.receipt_type as key, r.event_id, r.data,
               e.event_id is null or e.stream_ordering = r.event_stream_ordering as placed,
               exists (select 1 from receipts_graph g
                       where g.user_id = r.user_id and g.room_id = r.room_id and g.receipt_type = r.receipt_type
                         and case when g.event_ids ~ '^\\["([^"\\\\]|\\\\.)*"\\]$'
                                  then g.event_ids::json ->> 0 = r.event_id end) as in_graph
        from receipts_linearized r
        left join events e on e.event_id = r.event_id and e.room_id = r.room_id
        """,
          (key, dendrite, synapse) -> {
            findings.looked();
            String wrong =
                dendrite == null
                    ? "Dendrite has no such receipt"
                    : finding(dendrite, synapse, carried, local);
            if (wrong != null) {
              findings.found(key, wrong);
            }
          });
    }
  }

  private static String finding(
      ResultSet dendrite, ResultSet synapse, Carried carried, String local) throws SQLException {
    if (synapse == null) {
      // Synapse would take the unknown place of an unknown event for the newest one.
      boolean useless =
          !carried.hasRoom(dendrite.getString("room_id"))
              || UserIds.isOf(dendrite.getString("user_id"), local)
                  && !carried.hasEvent(
                      dendrite.getString("event_id"), dendrite.getString("room_id"));
      return useless ? null : "this receipt is missing";
    }
    if (!Objects.equals(dendrite.getString("event_id"), synapse.getString("event_id"))) {
      return "is a receipt for another event";
    }
    if (!Objects.equals(dendrite.getString("data"), synapse.getString("data"))) {
      return "is a receipt of another time";
    }
    if (!synapse.getBoolean("placed")) {
      return "is a receipt at another place than its event";
    }
    return synapse.getBoolean("in_graph") ? null : "is a receipt that is not in receipts_graph";
  }
}
