package d2s.engine.shop;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowColumn.FlagColumn;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.IntegersColumn;
import d2s.engine.extension.RowColumn.TextsColumn;
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

  private static final RowShape ORDERS = RowShape.of("orders");
  private static final IntegerColumn CENTS = ORDERS.integer("cents");
  private static final TextsColumn LABELS = ORDERS.texts("labels");

  private static final RowShape PEOPLE = RowShape.of("people");
  private static final FlagColumn VIP = PEOPLE.flag("vip");
  private static final IntegersColumn NUMBERS = PEOPLE.integers("numbers");

  private static final RowShape TOTAL = RowShape.of("total");
  private static final IntegerColumn TOTAL_PERSON = TOTAL.integer("person");
  private static final IntegerColumn TOTAL_CENTS = TOTAL.integer("cents");
  private static final FlagColumn TOTAL_VIP = TOTAL.flag("vip");

  private static final RowShape AMOUNTS = RowShape.of("amounts");
  private static final IntegerColumn AMOUNTS_PERSON = AMOUNTS.integer("person");
  private static final IntegersColumn AMOUNTS_LIST = AMOUNTS.integers("list");

  private long bonus;

  @Override
  public List<RowShape> reads() {
    return List.of(ORDERS, PEOPLE);
  }

  @Override
  public List<RowShape> emits() {
    return List.of(TOTAL, AMOUNTS);
  }

  @Override
  public void start(Map<String, Object> facts) {
    bonus = (Long) facts.get("bonus");
  }

  @Override
  public void group(Group group, Emitter out) {
    Rows orders = group.rows(ORDERS);
    long sum = 0;
    List<Long> amounts = new ArrayList<>();
    boolean any = false;
    while (orders.next()) {
      any = true;
      if (!orders.isNull(CENTS)) {
        sum += orders.get(CENTS);
        amounts.add(orders.get(CENTS));
      }
      String[] labels = orders.get(LABELS);
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
    Rows people = group.rows(PEOPLE);
    if (!people.next()) {
      out.skip(group.key().toString(), "this customer is not in the new shop");
      return;
    }
    long[] numbers = people.get(NUMBERS);
    long person = (Long) group.key();
    out.row(TOTAL)
        .set(TOTAL_PERSON, person)
        .set(TOTAL_CENTS, sum + bonus + (numbers == null ? 0 : numbers.length))
        .set(TOTAL_VIP, people.get(VIP))
        .emit();
    out.row(AMOUNTS)
        .set(AMOUNTS_PERSON, person)
        .set(AMOUNTS_LIST, amounts.stream().mapToLong(Long::longValue).toArray())
        .emit();
  }
}
