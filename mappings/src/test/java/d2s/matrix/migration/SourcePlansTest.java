package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.bound.BoundMapping;
import d2s.engine.bound.BoundMapping.BoundLookup;
import d2s.engine.bound.BoundMapping.BoundRelation;
import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.Count;
import d2s.engine.mapping.Side;
import d2s.engine.plan.Step;
import d2s.engine.prepare.Mode;
import d2s.engine.prepare.Preflight;
import d2s.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No query of a mapping file reads a table again for each row. A run reads with {@code
 * enable_nestloop = off}, so a join in a subquery that is asked for each row reads all of a table
 * each time: a minute becomes a night.
 */
class SourcePlansTest {

  private static TestDatabase dendrite;
  private static TestDatabase synapse;

  @BeforeAll
  static void create() throws SQLException {
    dendrite = MigratedRecording.restored("dendrite-0.13.8");
    synapse = MigratedRecording.freshSynapse();
  }

  @AfterAll
  static void drop() throws SQLException {
    dendrite.drop();
    synapse.drop();
  }

  @Test
  void noQueryReadsATableForEachRow() throws SQLException, IOException {
    Map<String, List<String>> slow = new LinkedHashMap<>();
    int queries = 0;
    try (Connection source = dendrite.connect();
        Connection target = synapse.connect()) {
      Preflight prepared =
          Preflight.of(
              MappingSetLoader.loadResources("dendrite-to-synapse"),
              source,
              target,
              Map.of(),
              Mode.VERIFY);
      for (Map.Entry<String, String> query : queries(prepared).entrySet()) {
        queries++;
        List<String> found = RepeatedReads.of(source, query.getValue());
        if (!found.isEmpty()) {
          slow.put(query.getKey(), found);
        }
      }
    }

    assertThat(queries).isGreaterThan(60);
    assertThat(slow).isEmpty();
  }

  @Test
  void aJoinForEachRowIsFound() throws SQLException, IOException {
    List<String> found;
    try (Connection source = dendrite.connect()) {
      found =
          RepeatedReads.of(
              source,
              "select (select e.event_id from syncapi_output_room_events o join roomserver_events e"
                  + " using (event_id) where o.id = r.room_nid limit 1) from roomserver_rooms r");
    }
    assertThat(found).isNotEmpty();
  }

  /** Everything that is asked of the source while rows are read, by what it is for. */
  private static Map<String, String> queries(Preflight prepared) {
    Map<String, String> queries = new LinkedHashMap<>();
    for (Step step : prepared.plan().steps()) {
      BoundMapping bound = step.bound();
      for (BoundRelation relation : bound.relations()) {
        if (relation.relation().side() == Side.SOURCE) {
          queries.put(step.name() + " " + relation.relation().name(), relation.sql());
        }
      }
      for (BoundLookup lookup : bound.lookups()) {
        if (lookup.lookup().relation() != null
            && lookup.lookup().relation().side() == Side.SOURCE) {
          queries.put(step.name() + ", lookup " + lookup.lookup().name(), lookup.sql());
        }
      }
      for (Count count : bound.mapping().counts()) {
        queries.put(
            step.name() + ", count " + count.name(),
            prepared.queries().of(count.source().value(), Side.SOURCE));
      }
    }
    return queries;
  }
}
