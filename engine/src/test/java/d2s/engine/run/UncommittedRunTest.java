package d2s.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.result.StepResult;
import d2s.engine.result.UnmetExpectation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nothing is committed that is not right. */
class UncommittedRunTest extends ShopRuns {

  @Test
  void aDryRunDoesEverythingAndLeavesNothing() throws SQLException {
    RunResult result = run(new RunOptions(true, false, Set.of(), owner()), Progress.silent());

    assertThat(result.committed()).isFalse();
    assertThat(result.steps()).hasSize(4);
    assertThat(result.steps().get(1).rowsWritten()).containsEntry("purchases", 3L);
    assertThat(result.skipped()).hasSize(3);
    assertUnchanged();
    assertThat(runAgain().committed()).isTrue();
  }

  @Test
  void strictMakesASkipFatal() throws SQLException {
    assertThatThrownBy(() -> run(new RunOptions(false, true, Set.of(), owner()), Progress.silent()))
        .isInstanceOf(MigrationFailedException.class)
        .hasMessage("strict: people cannot carry customer 3 over: The customer has no address.");
    assertUnchanged();
  }

  @Test
  void strictCountsForHooksToo() throws SQLException {
    kiosk.execute("delete from customers where id = 3", "delete from orders where id = 14");
    remember();
    assertThatThrownBy(() -> run(new RunOptions(false, true, Set.of(), owner()), Progress.silent()))
        .isInstanceOf(MigrationFailedException.class)
        .hasMessage("strict: totals cannot carry 3 over: this customer is not in the new shop");
    assertUnchanged();
  }

  @Test
  void anExpectationThatIsNotMetUndoesEverything() throws SQLException {
    files.replace(
        ORDERS,
        "where purchase_id not in (select id from purchases)",
        "cross join generate_series(1, 4)");
    files.replace(ORDERS, "where not exists (select 1 from orders)", "");
    RunResult result = run(options(), Progress.silent());

    assertThat(result.committed()).isFalse();
    assertThat(result.findings())
        .hasSize(6)
        .contains(
            new UnmetExpectation("purchases", "no line without purchase", "10"),
            new UnmetExpectation("purchases", "the kiosk sold something", "nothing"));
    assertUnchanged();
  }

  @Test
  void aCountThatDiffersByMoreThanWasNamedIsTold() {
    String count = "select count(*) from customers where mail is not null";
    assertThat(notes()).isEmpty();
    // One customer is named as not carried over; that explains one.
    files.replace(PEOPLE, count, "select count(*) + 1 from customers where mail is not null");
    assertThat(notes()).isEmpty();
    files.replace(PEOPLE, "count(*) + 1", "count(*) + 2");
    assertThat(notes())
        .containsExactly(
            "people with an address: 4 in the source, 2 in the target, 1 named as not carried over");
    files.replace(PEOPLE, "count(*) + 2", "count(*) - 1");
    assertThat(notes())
        .containsExactly(
            "people with an address: 1 in the source, 2 in the target, 1 named as not carried over");
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void starting(String phase, String mapping, long estimatedRows) {}

          @Override
          public void advanced(String mapping, long rowsRead) {}

          @Override
          public void finished(StepResult step) {}

          @Override
          public void note(String text) {
            notes.add(text);
          }
        };
    run(new RunOptions(true, false, Set.of(), owner()), progress);
    return notes;
  }

  @Test
  void aCountThatIsNoNumberIsAnError() throws SQLException {
    files.replace(PEOPLE, "target: select count(*) from people", "target: ‸select id from people");

    assertFails(files.marks().get(0) + ": a count needs a query with one row and one number");
  }
}
