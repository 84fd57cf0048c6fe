package d2s.engine.example;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.IntegersColumn;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import java.util.ArrayList;
import java.util.List;

/** How much each customer has spent: the sum after every order, and in the end. */
public final class SpendingHistory implements Hook {

  private static final RowShape ORDERS = RowShape.of("orders");
  private static final IntegerColumn ID = ORDERS.integer("id");
  private static final IntegerColumn CENTS = ORDERS.integer("cents");

  private static final RowShape SPENT = RowShape.of("spent");
  private static final IntegerColumn CUSTOMER = SPENT.integer("customer");
  private static final IntegerColumn TOTAL = SPENT.integer("cents");
  private static final IntegersColumn HISTORY = SPENT.integers("history");

  @Override
  public List<RowShape> reads() {
    return List.of(ORDERS);
  }

  @Override
  public List<RowShape> emits() {
    return List.of(SPENT);
  }

  @Override
  public void group(Group group, Emitter out) {
    Rows orders = group.rows(ORDERS);
    List<Long> history = new ArrayList<>();
    long sum = 0;
    while (orders.next()) {
      if (orders.isNull(CENTS)) {
        out.skip("order " + orders.get(ID), "the order has no price, so it counts as nothing");
        continue;
      }
      sum += orders.get(CENTS);
      history.add(sum);
    }
    out.row(SPENT)
        .set(CUSTOMER, (Long) group.key())
        .set(TOTAL, sum)
        .set(HISTORY, history.stream().mapToLong(Long::longValue).toArray())
        .emit();
  }
}
