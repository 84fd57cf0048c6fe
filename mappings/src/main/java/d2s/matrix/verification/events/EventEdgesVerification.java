package d2s.matrix.verification.events;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.FromEventJson;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code event_edges} and what follows from it: where history is missing. Rejected events have no
 * edges, all others one for each predecessor that they name.
 */
public final class EventEdgesVerification extends FromEventJson {

  /**
   * What is wrong, and with what. Missing are the predecessors of events in the timeline of which
   * no state is known.
   */
  private static final String HOLES =
      """
      with missing as materialized (
        select e.event_id, e.room_id, e.stream_ordering, x.prev_event_id
        from events e
        join event_edges x on x.event_id = e.event_id and not x.is_state
        where not e.outlier
          and not exists (select 1 from events p where p.event_id = x.prev_event_id and not p.outlier)
      )
      select m.prev_event_id,
             'is missing, but not known as a backward extremity: it could not be fetched'
      from missing m
      where not exists (select 1 from event_backward_extremities x
                        where x.event_id = m.prev_event_id and x.room_id = m.room_id)
      union all
      select x.event_id, 'is a backward extremity, though it is there or nothing follows it'
      from event_backward_extremities x
      where not exists (select 1 from missing m where m.prev_event_id = x.event_id and m.room_id = x.room_id)
      union all
      select m.event_id, 'comes after a hole in the history that Synapse does not know of'
      from missing m
      where m.stream_ordering > (select min(f.stream_ordering) from events f
                                 where f.room_id = m.room_id and f.stream_ordering > 0 and not f.outlier)
        and not exists (select 1 from timeline_gaps g
                        where g.room_id = m.room_id and g.stream_ordering = m.stream_ordering)
      """;

  @Override
  public String name() {
    return "event edges";
  }

  @Override
  public String proves() {
    return "Every event has the predecessors that its JSON names and holes are known.";
  }

  @Override
  public List<String> tables() {
    return List.of("event_edges", "event_backward_extremities", "timeline_gaps");
  }

  @Override
  protected String query() {
    return "select event_id, prev_event_id, is_state from event_edges";
  }

  @Override
  protected void check(Event event, OtherRows rows, Findings findings) throws SQLException {
    List<String> expected =
        event.rejected() ? List.of() : EventJson.references(event.json(), "prev_events");
    Set<String> edges = new HashSet<>();
    rows.each(
        row -> {
          if (!row.getBoolean(3)) {
            edges.add(row.getString(2));
          }
        });
    if (!edges.equals(Set.copyOf(expected))) {
      findings.found(event.id(), "has other predecessors than its JSON names");
    }
  }

  @Override
  protected void end(VerificationContext context, Findings findings) throws SQLException {
    Sql.each(context.target(), HOLES, row -> findings.found(row.getString(1), row.getString(2)));
  }
}
