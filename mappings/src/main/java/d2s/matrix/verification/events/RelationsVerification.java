package d2s.matrix.verification.events;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.FromEventJson;
import d2s.matrix.verification.rows.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code event_relations}, on which edits, reactions and threads depend, and {@code threads}.
 * Rejected events have no relation, nor have redacted ones, because theirs was pruned.
 */
public final class RelationsVerification extends FromEventJson {

  @Override
  public String name() {
    return "relations";
  }

  @Override
  public String proves() {
    return "Edits and reactions and threads hang on the events that their JSON names.";
  }

  @Override
  public List<String> tables() {
    return List.of("event_relations", "threads");
  }

  @Override
  protected String query() {
    return "select event_id, relates_to_id, relation_type, aggregation_key from event_relations";
  }

  @Override
  protected void check(Event event, OtherRows rows, Findings findings) throws SQLException {
    List<List<String>> relations = new ArrayList<>();
    rows.each(
        row -> relations.add(Arrays.asList(row.getString(2), row.getString(3), row.getString(4))));
    if (!relations.equals(expected(event))) {
      findings.found(event.id(), "has another relation than its JSON says");
    }
  }

  private static List<List<String>> expected(Event event) {
    JsonNode relatesTo = event.json().path("content").path("m.relates_to");
    String type = EventJson.storable(relatesTo, "rel_type");
    String target = EventJson.storable(relatesTo, "event_id");
    if (event.rejected() || type == null || target == null) {
      return List.of();
    }
    String key = "m.annotation".equals(type) ? EventJson.text(relatesTo, "key") : null;
    boolean unstorable = key != null && key.indexOf('\0') >= 0;
    return unstorable ? List.of() : List.of(Arrays.asList(target, type, key));
  }

  @Override
  protected void end(VerificationContext context, Findings findings) throws SQLException {
    Sql.findAll(
        context.target(),
        """
        select r.relates_to_id
        from event_relations r
        join events e on e.event_id = r.event_id and not e.outlier
        left join threads t on t.room_id = e.room_id and t.thread_id = r.relates_to_id
        where r.relation_type = 'm.thread'
        group by r.relates_to_id, e.room_id
        having max(t.latest_event_id) is null
          or max(array[e.topological_ordering, e.stream_ordering])
             <> max(array[t.topological_ordering, t.stream_ordering])
        """,
        "is the root of a thread whose newest event Synapse does not know",
        findings);
    Sql.findAll(
        context.target(),
        """
        select t.thread_id from threads t
        left join events e on e.event_id = t.latest_event_id
        left join event_relations r on r.event_id = t.latest_event_id
        where e.stream_ordering is distinct from t.stream_ordering
          or e.topological_ordering is distinct from t.topological_ordering
          or r.relates_to_id is distinct from t.thread_id or r.relation_type is distinct from 'm.thread'
        """,
        "is the root of a thread whose newest event is none of it",
        findings);
  }
}
