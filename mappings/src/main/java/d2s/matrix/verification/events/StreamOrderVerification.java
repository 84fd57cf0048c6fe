package d2s.matrix.verification.events;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.EventVerification;
import d2s.matrix.verification.rows.ByKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code events.stream_ordering}: a client goes on with the number that Dendrite's sync gave it. So
 * an event that was sent to clients as new keeps its number there, and all others, which no client
 * may get as new, are negative.
 */
public final class StreamOrderVerification extends EventVerification {

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
  protected void addTo(ByKey events, VerificationContext context) throws SQLException {
    events.with(
        "places in Dendrite's stream",
        context.source(),
        """
        select event_id, min(id) as place, bool_or(of_several) as of_several
        from (
          select event_id, id, exclude_from_sync, count(*) over (partition by id) > 1 as of_several
          from syncapi_output_room_events
        ) o
        where id between 1 and 9007199254740991 and exclude_from_sync is not true
        group by event_id
        union all
        select i.invite_event_id, max(s.id), false
        from roomserver_invites i
        join syncapi_invite_events s on s.event_id = i.invite_event_id
        where not i.retired and not s.deleted
          and s.id between 1 and 9007199254740991
          and not exists (select 1 from syncapi_output_room_events o where o.id = s.id)
          and not exists (select 1 from roomserver_events e where e.event_id = i.invite_event_id)
        group by i.invite_event_id
        """);
  }

  @Override
  protected void look(Row synapse, Findings findings) throws SQLException {
    List<Long> places = new ArrayList<>();
    boolean[] ofSeveral = new boolean[1];
    synapse
        .rows()
        .read(
            synapse.id(),
            "places in Dendrite's stream",
            dendrite -> {
              places.add(dendrite.getLong("place"));
              ofSeveral[0] |= dendrite.getBoolean("of_several");
            });
    if (synapse.event() != null) {
      findings.looked();
      String wrong = finding(places, synapse.event().streamOrdering());
      if (wrong != null && ofSeveral[0]) {
        findings.noted(
            synapse.id(), "has lost its place in the stream to another event that had it too");
      } else if (wrong != null) {
        findings.found(synapse.id(), wrong);
      }
    }
  }

  /**
   * @param before empty if the event was not sent to clients as new. An invite whose event Dendrite
   *     has lost has two, that of the invite and that of the event
   */
  private static String finding(List<Long> before, String streamOrdering) {
    if (streamOrdering == null) {
      return "has no place in the stream";
    }
    long place = Long.parseLong(streamOrdering);
    if (before.isEmpty()) {
      return place < 0 ? null : "was not new to clients, but has a place among the new events";
    }
    return before.contains(place) ? null : "has another place in the stream than in Dendrite";
  }
}
