package d2s.engine.example;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import java.util.ArrayList;
import java.util.List;

/** How much each customer has spent: the sum after every order, and in the end. */
public final class SpendingHistory implements Hook {

  @Override
  public List<RowShape> reads() {
    return List.of(RowShape.of("orders", "id", "cents"));
  }

  @Override
  public List<RowShape> emits() {
    return List.of(RowShape.of("spent", "customer", "cents", "history"));
  }

  @Override
  public void group(Group group, Emitter out) {
    Rows orders = group.rows("orders");
    List<Long> history = new ArrayList<>();
    long sum = 0;
    while (orders.next()) {
      if (orders.isNull(1)) {
        out.skip("order " + orders.integer(0), "the order has no price, so it counts as nothing");
        continue;
      }
      sum += orders.integer(1);
      history.add(sum);
    }
    out.emit("spent", group.key(), sum, history.stream().mapToLong(Long::longValue).toArray());
  }
}
