package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.engine.loader.MappingSetLoader;
import d2s.engine.prepare.VerifyPreflight;
import d2s.matrix.verification.completeness.CompletenessVerification;
import d2s.testing.TestDatabase;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a verification asks for each row is found by an index. Else the time grows with the square
 * of the rows: the signatures of four thousand users took as long as their events.
 */
class LookupPlansTest {

  private static final Findings IGNORED =
      new Findings() {
        @Override
        public void looked(long things) {}

        @Override
        public void found(String what, String wrong) {}
      };

  private static TestDatabase dendrite;
  private static TestDatabase synapse;

  @BeforeAll
  static void create() throws SQLException {
    dendrite = MigratedRecording.restored("dendrite-0.13.8");
    synapse = MigratedRecording.freshSynapse();
    // Synapse has it; catalogs know unique keys alone.
    synapse.execute("create index on state_groups_state (state_group, type, state_key)");
  }

  @AfterAll
  static void drop() throws SQLException {
    dendrite.drop();
    synapse.drop();
  }

  /** Synapse is empty, so that everything is missing and every way is gone. */
  @Test
  void noLookupReadsAWholeTable() throws SQLException, IOException {
    Map<String, List<String>> slow = new LinkedHashMap<>();
    Set<String> ofSource = new TreeSet<>();
    Set<String> ofTarget = new TreeSet<>();
    try (Connection source = dendrite.connect();
        Connection target = synapse.connect()) {
      Databases databases =
          new Databases(
              prepared(source, ofSource),
              prepared(target, ofTarget),
              VerifyPreflight.of(
                      MappingSetLoader.loadResources("dendrite-to-synapse"),
                      source,
                      target,
                      Map.of())
                  .queries()
                  .facts());
      for (Verification verification : ServiceLoader.load(Verification.class)) {
        // It asks for a thousand at a time.
        if (!(verification instanceof CompletenessVerification)) {
          verification.verify(databases, IGNORED);
        }
      }
      for (String sql : ofSource) {
        slow.put(sql, RepeatedReads.ofLookup(source, sql));
      }
      for (String sql : ofTarget) {
        slow.put(sql, RepeatedReads.ofLookup(target, sql));
      }
    }

    assertThat(slow).hasSizeGreaterThan(9);
    slow.values().removeIf(List::isEmpty);
    assertThat(slow).isEmpty();
  }

  @Test
  void aLookupWithoutAnIndexIsFound() throws SQLException, IOException {
    try (Connection source = dendrite.connect()) {
      assertThat(
              RepeatedReads.ofLookup(
                  source,
                  "select signature from keyserver_cross_signing_sigs where target_user_id = ?"))
          .isNotEmpty();
    }
  }

  private record Databases(Connection source, Connection target, Map<String, Object> facts)
      implements VerificationContext {

    @Override
    public Object fact(String name) {
      return facts.get(name);
    }

    @Override
    public Optional<Path> folder(String name) {
      return Optional.empty();
    }
  }

  /** Keeps the SQL of all prepared statements. */
  private static Connection prepared(Connection connection, Set<String> statements) {
    return (Connection)
        Proxy.newProxyInstance(
            LookupPlansTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                statements.add((String) arguments[0]);
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
