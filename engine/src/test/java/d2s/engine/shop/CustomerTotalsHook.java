package d2s.engine.shop;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A hook for tests: sums what every customer has ordered, and lists the amounts. Customers that are
 * not in the new shop are skipped; those without orders are not read at all.
 */
public final class CustomerTotalsHook implements Hook {

  private long bonus;

  @Override
  public List<RowShape> reads() {
    return List.of(
        RowShape.of("orders", "cents", "labels"), RowShape.of("people", "vip", "numbers"));
  }

  @Override
  public List<RowShape> emits() {
    return List.of(
        RowShape.of("total", "person", "cents", "vip"), RowShape.of("amounts", "person", "list"));
  }

  @Override
  public void start(Map<String, Object> facts) {
    bonus = (Long) facts.get("bonus");
  }

  @Override
  public void group(Group group, Emitter out) {
    Rows orders = group.rows("orders");
    long sum = 0;
    List<Long> amounts = new ArrayList<>();
    boolean any = false;
    while (orders.next()) {
      any = true;
      if (!orders.isNull(0)) {
        sum += orders.integer(0);
        amounts.add(orders.integer(0));
      }
      String[] labels = orders.texts(1);
      if (labels != null && List.of(labels).contains("broken")) {
        throw new IllegalStateException("an order is broken");
      }
      if (labels != null && List.of(labels).contains("secret")) {
        throw new UnsupportedOperationException(labels[0]);
      }
    }
    if (!any) {
      return; // the rows of people are passed over
    }
    Rows people = group.rows("people");
    if (!people.next()) {
      out.skip(group.key().toString(), "this customer is not in the new shop");
      return;
    }
    long extra = people.integers(1) == null ? 0 : people.integers(1).length;
    out.emit("total", group.key(), sum + bonus + extra, people.flag(0));
    out.emit("amounts", group.key(), amounts.stream().mapToLong(Long::longValue).toArray());
  }
}
