package d2s.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever fails, the target is what it was, and the message says where and why. */
class RolledBackRunTest extends ShopRuns {

  @Test
  void aFailureInTheLastStepUndoesEverything() throws SQLException {
    files.replace(
        LAST,
        "select max(id) from purchases\nseq",
        "select 1 / (max(id) - 12) from purchases\nseq");
    files.replace(LAST, "  place:\n", "  ‸place:\n");

    assertFails(files.marks().get(0) + ": the target database rejected this: division by zero");
    assertThat(runAgain().committed()).isTrue();
  }

  @Test
  void aValueThatDoesNotFitIsToldWithItsLineAndRow() throws SQLException {
    kiosk.execute("update orders set placed = 9223372036854775807 where id = 12");
    remember();
    files.replace(ORDERS, "placed: placed / 1000", "placed: ‸placed * 1000");

    assertFails(
        files.marks().get(0)
            + ": purchases, row id=12: the column placed is int8, and the number is outside its"
            + " range\n  placed: placed * 1000");
  }

  @Test
  void anExpressionThatFailsIsToldWithItsLineAndRow() throws SQLException {
    files.replace(PEOPLE, "vip: vip == true", "vip: name.length() > ‸[mail][0]");

    assertFails(
        files.marks().get(0)
            + ": people, row id=1: cannot compare a number and a text\n"
            + "  vip: name.length() > [mail][0]");
  }

  @Test
  void aLetThatFailsIsToldWithItsLineAndRow() throws SQLException {
    files.replace(PEOPLE, "short: text:before", "wrong: ‸json(password)\n  short: text:before");

    assertFails(
        files.marks().get(0) + ": row id=1: not JSON (at character 1)\n  wrong: json(password)");
  }

  @Test
  void aConditionThatIsNoneIsAnError() throws SQLException {
    files.replace(ORDERS, "when: known.has(customer_id)", "when: ‸json('0')");

    assertFails(
        files.marks().get(0)
            + ": purchases, row id=10: a condition must be true or false, not a number\n"
            + "  when: json('0')");
  }

  @Test
  void eachOverSomethingElseThanAListIsAnError() throws SQLException {
    files.replace(
        ORDERS,
        "for_each: line in asList(parsed.lines)\n      when: line.amount > 1",
        "for_each: line in ‸[details][0]\n      when: line.amount > 1");

    assertFails(
        files.marks().get(0)
            + ": purchase_lines, row id=10: for_each needs a list, not a text\n"
            + "  - for_each: line in [details][0]");
  }

  @Test
  void aBrokenForeignKeyThatWaitsForTheEndIsNoticed() throws SQLException {
    files.replace(
        ORDERS,
        "      purchase_id: id\n      position: 1",
        "      purchase_id: id + 100\n      position: 1");
    files.replace(ORDERS, "where purchase_id not in", "where false and purchase_id not in");

    assertFails(
        "the target database rejected the loaded rows: insert or update on table \"purchase_lines\" violates"
            + " foreign key constraint \"purchase_lines_purchase_id_fkey\". In purchase_lines,"
            + " purchase_id = 110 is not present in table \"purchases\". Look for these rows in the"
            + " source: add what they refer to, or let the mapping file leave them out with skip");
  }

  @Test
  void theConnectionToTheTargetCanBeKilledAtAnyTime() throws SQLException {
    for (String mapping : List.of("people", "purchases", "totals", "summaries")) {
      String message = fails(ProgressOf.before(mapping, () -> kill(shop)));
      assertThat(message).contains("target").doesNotContain("source database");
    }
    assertThat(runAgain().committed()).isTrue();
  }

  @Test
  void theConnectionToTheSourceCanBeKilledAtAnyTime() throws SQLException {
    for (String mapping : List.of("people", "purchases", "totals")) {
      String message = fails(ProgressOf.before(mapping, () -> kill(kiosk)));
      // Which step notices depends on what each of them was reading at the moment.
      assertThat(message)
          .contains("the source database failed")
          .contains("The connection to the source database is lost");
    }
    assertThat(runAgain().committed()).isTrue();
  }

  private static void kill(TestDatabase database) throws SQLException {
    List<String> killed =
        database.rows(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
    assertThat(killed).containsOnly("t").isNotEmpty();
  }
}
