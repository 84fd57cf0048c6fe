package d2s.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hook that fails is named with its group, and undoes everything. */
class FailedHookTest extends ShopRuns {

  @Test
  void aHookExplainsItselfAndIsNamedWithItsGroup() throws SQLException {
    kiosk.execute("update orders set labels = '{broken}' where id = 12");
    remember();
    files.replace(TOTALS, "hook: CustomerTotalsHook", "hook: ‸CustomerTotalsHook");

    assertFails(
        files.marks().get(0) + ": the hook CustomerTotalsHook failed for 2: an order is broken");
  }

  @Test
  void whatJavaSaysInAHookIsNotTold() throws SQLException {
    kiosk.execute("update orders set labels = '{hunter2,secret}' where id = 12");
    remember();

    assertThat(fails())
        .endsWith("the hook CustomerTotalsHook failed for 2: UnsupportedOperationException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "order by customer_id, id => order by -customer_id => is not in the order of its group"
            + " key; texts need: order by ... collate \"C\"",
        "customer_id as person => nullif(customer_id, 3) as person => has a row whose group key is"
            + " null",
        "person, cents => person, cents::text => has a text in cents, where the hook needs an"
            + " integer; convert it in the query",
        "labels from => array[1] as labels from => has a list in labels, where the hook needs an"
            + " array of texts; convert it in the query",
      })
  void aRelationThatAHookCannotReadIsNamed(String old, String text, String message)
      throws SQLException {
    files.replace(TOTALS, "orders:\n    sql", "orders:\n    ‸sql");
    files.replace(TOTALS, old, text);

    assertFails(files.marks().get(0) + ": the relation orders " + message);
  }

  @Test
  void aNullWhereAHookNeedsAValueIsNamed() throws SQLException {
    files.replace(TOTALS, "id as person, vip", "id as person, null::bool as vip");

    assertThat(fails()).endsWith(": the relation people has NULL in vip for 1");
  }
}
