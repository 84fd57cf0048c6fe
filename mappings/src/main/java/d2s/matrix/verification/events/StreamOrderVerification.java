package d2s.matrix.verification.events;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Merge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * {@code events.stream_ordering}: a client goes on with the number that Dendrite's sync gave it. So
 * an event that was sent to clients as new keeps its number there, and all others, which no client
 * may get as new, are negative.
 */
public final class StreamOrderVerification implements Verification {

  @Override
  public String name() {
    return "stream order";
  }

  @Override
  public String proves() {
    return "No client gets an event twice or misses one when it goes on with its old token.";
  }

  @Override
  public List<String> tables() {
    return List.of("events");
  }

  @Override
  public int passes() {
    return 1;
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    Merge.of(
        context,
        """
        select e.event_id as key, o.id as place
        from roomserver_events e
        left join (
          select event_id, min(id) as id from syncapi_output_room_events
          where id between 1 and 9007199254740991 and exclude_from_sync is not true group by event_id
        ) o on o.event_id = e.event_id
        union all
        select i.invite_event_id, (select max(s.id) from syncapi_invite_events s
                                   where s.event_id = i.invite_event_id and not s.deleted
                                     and s.id between 1 and 9007199254740991
                                     and not exists (select 1 from syncapi_output_room_events o where o.id = s.id))
        from roomserver_invites i
        where not i.retired
          and not exists (select 1 from roomserver_events e where e.event_id = i.invite_event_id)
        """,
        "select e.event_id as key, e.stream_ordering as place from events e",
        (id, dendrite, synapse) -> {
          if (dendrite != null && synapse != null) {
            findings.looked();
            String wrong = finding(dendrite, synapse);
            if (wrong != null) {
              findings.found(id, wrong);
            }
          }
        });
  }

  private static String finding(ResultSet dendrite, ResultSet synapse) throws SQLException {
    long place = synapse.getLong("place");
    if (synapse.wasNull()) {
      return "has no place in the stream";
    }
    long before = dendrite.getLong("place");
    if (dendrite.wasNull()) {
      return place < 0 ? null : "was not new to clients, but has a place among the new events";
    }
    return place == before ? null : "has another place in the stream than in Dendrite";
  }
}
