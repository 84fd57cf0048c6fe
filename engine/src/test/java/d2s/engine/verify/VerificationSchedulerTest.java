package d2s.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.extension.Findings;
import d2s.engine.extension.JointVerification;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.engine.sql.RowReader;
import d2s.engine.sql.Snapshots;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VerificationSchedulerTest {

  private TestDatabase source;
  private TestDatabase target;
  private final List<String> progress = Collections.synchronizedList(new ArrayList<>());
  private final List<List<String>> read = Collections.synchronizedList(new ArrayList<>());

  /** What a verification does. */
  private interface Look {
    void at(VerificationContext context, Findings findings) throws Exception;
  }

  private record Probe(String name, int passes, List<String> tables, Look look)
      implements Verification {

    @Override
    public String proves() {
      return "A test.";
    }

    @Override
    public void verify(VerificationContext context, Findings findings) throws SQLException {
      try {
        look.at(context, findings);
      } catch (SQLException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** One of those that read all persons. */
  private final class Joint implements JointVerification {
    private final String name;
    private final String sql;

    Joint(String name, String sql) {
      this.name = name;
      this.sql = sql;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String proves() {
      return "A test.";
    }

    @Override
    public List<String> tables() {
      return List.of();
    }

    @Override
    public String reading() {
      return "persons";
    }

    @Override
    public void verify(VerificationContext context, Map<Verification, Findings> together)
        throws SQLException {
      read.add(together.keySet().stream().map(Verification::name).toList());
      for (Map.Entry<Verification, Findings> one : together.entrySet()) {
        one.getValue().looked();
        RowReader.scalar(context.target(), ((Joint) one.getKey()).sql);
      }
    }
  }

  private static Probe probe(String name, int passes, Look look) {
    return new Probe(name, passes, List.of(), look);
  }

  @BeforeEach
  void create() throws SQLException {
    source = TestPostgres.createDatabase("side_source");
    target = TestPostgres.createDatabase("side_target");
    source.execute("create table people (id bigint primary key)", "insert into people values (1)");
    target.execute(
        "create table version (v int)",
        "insert into version values (3)",
        "create table shop_persons (id bigint primary key)");
  }

  @AfterEach
  void drop() throws SQLException {
    source.drop();
    target.drop();
  }

  private List<VerificationResult> run(Verification... verifications) throws SQLException {
    return run(2, verifications);
  }

  private List<VerificationResult> run(int atOnce, Verification... verifications)
      throws SQLException {
    try (Connection before = source.connect();
        Connection after = target.connect()) {
      Snapshots.begin(before);
      Snapshots.begin(after);
      return new VerificationScheduler(
              List.of(verifications),
              Set.of("shop_persons"),
              new Verifier.Starting() {
                @Override
                public void starting(String name, int number, int of) {
                  progress.add(name + " " + number + "/" + of);
                }

                @Override
                public void finished(int number, int of) {
                  progress.add("done " + number + "/" + of);
                }
              },
              atOnce)
          .run(
              new LoadedTarget(Map.of(), before, after, Map.of()),
              source.dataSource(),
              target.dataSource());
    }
  }

  @Test
  void twoWorkAtOnceAndSeeTheSameMoment() throws SQLException {
    CyclicBarrier both = new CyclicBarrier(2);
    Look look =
        (context, findings) -> {
          // Nobody passes this alone. The row comes after the snapshot was taken.
          if (both.await(30, TimeUnit.SECONDS) == 0) {
            source.execute("insert into people values (2)");
          }
          both.await(30, TimeUnit.SECONDS);
          findings.looked((Long) RowReader.scalar(context.source(), "select count(*) from people"));
        };

    List<VerificationResult> results = run(probe("a", 0, look), probe("b", 0, look));

    assertThat(results).extracting(VerificationResult::checked).containsExactly(1L, 1L);
  }

  @Test
  void resultsKeepTheirOrderAndWhatReadsMostBeginsFirst() throws SQLException {
    Look look = (context, findings) -> findings.looked();

    List<VerificationResult> results =
        run(
            probe("small", 0, look),
            new Probe("skipped", 0, List.of("nobody_fills_this"), look),
            probe("large", 3, look),
            probe("middle", 1, look));

    assertThat(results)
        .extracting(VerificationResult::name)
        .containsExactly("small", "skipped", "large", "middle");
    assertThat(results.get(1).outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(progress).startsWith("large 2/4").endsWith("done 4/4");
    assertThat(progress)
        .filteredOn(line -> !line.startsWith("done"))
        .containsExactly("large 2/4", "middle 3/4", "small 4/4");
  }

  @Test
  void whatReadsTheSameReadsItOnce() throws SQLException {
    List<VerificationResult> results =
        run(
            new Joint("a", "select 1"),
            probe("x", 0, (c, f) -> f.looked()),
            new Joint("b", "select 2"));

    assertThat(read).containsExactly(List.of("a", "b"));
    assertThat(results).extracting(VerificationResult::name).containsExactly("a", "x", "b");
    assertThat(results).extracting(VerificationResult::checked).containsOnly(1L);
  }

  @Test
  void oneThatFailsTakesNoneWithIt() throws SQLException {
    List<VerificationResult> results =
        run(
            new Joint("a", "select 1"),
            new Joint("broken", "select missing"),
            new Joint("b", "select 2"),
            probe(
                "stumbles",
                0,
                (context, findings) -> {
                  throw new IllegalStateException("s3cret");
                }));

    assertThat(results)
        .extracting(VerificationResult::outcome)
        .containsExactly(Outcome.PASSED, Outcome.ERROR, Outcome.PASSED, Outcome.ERROR);
    assertThat(results).extracting(VerificationResult::checked).containsExactly(1L, 1L, 1L, 0L);
    assertThat(results.get(1).reason()).isEqualTo("column \"missing\" does not exist");
  }

  /** On the same connections, of which the one that refused would refuse all else. */
  @Test
  void whatComesAfterOneThatFailsCanAskBothDatabases() throws SQLException {
    List<VerificationResult> results =
        run(
            1,
            probe("source", 1, (c, f) -> RowReader.scalar(c.source(), "select missing")),
            probe("target", 1, (c, f) -> RowReader.scalar(c.target(), "select missing")),
            probe(
                "both",
                0,
                (context, findings) -> {
                  findings.looked((Long) RowReader.scalar(context.source(), "select 2::int8"));
                  findings.looked((Long) RowReader.scalar(context.target(), "select 3::int8"));
                }));

    assertThat(results)
        .extracting(VerificationResult::outcome)
        .containsExactly(Outcome.ERROR, Outcome.ERROR, Outcome.PASSED);
    assertThat(results.get(2).checked()).isEqualTo(5);
  }

  @Test
  void aCancelledOneEndsAll() {
    CyclicBarrier both = new CyclicBarrier(2);
    Probe cancelled =
        probe(
            "cancelled",
            1,
            (context, findings) -> {
              both.await(30, TimeUnit.SECONDS);
              RowReader.scalar(
                  context.target(), "select pg_cancel_backend(pg_backend_pid()), pg_sleep(50)");
            });
    Probe sleeps =
        probe(
            "sleeps",
            1,
            (context, findings) -> {
              both.await(30, TimeUnit.SECONDS);
              RowReader.scalar(context.source(), "select pg_sleep(50)");
            });

    assertThatThrownBy(() -> run(cancelled, sleeps, probe("never", 0, (c, f) -> f.looked())))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    assertThat(progress).hasSize(2);
  }
}
