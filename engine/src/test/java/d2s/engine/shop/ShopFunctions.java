package d2s.engine.shop;

import d2s.engine.extension.Functions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions {@code shop:...} for the mapping files of tests. */
public final class ShopFunctions implements Functions {

  @Override
  public String namespace() {
    return "shop";
  }

  @Override
  public List<Class<?>> values() {
    return List.of(Money.class);
  }

  /** A value with a property. */
  public record Money(long cents) {

    public long getCents() {
      return cents;
    }

    public String inWords(String currency) {
      return cents / 100 + " " + currency;
    }
  }

  /** A value of a class that the functions do not name. */
  public static final class Till {

    public String getContent() {
      return "money";
    }
  }

  public Money money(long cents) {
    return new Money(cents);
  }

  public Till till() {
    return new Till();
  }

  public long sum(long a, long b) {
    return a + b;
  }

  public long sum(long a, long b, long c) {
    return a + b + c;
  }

  /** Fails as functions should: with a message that names no value. */
  public String refuse(String value) {
    throw new IllegalArgumentException("the value is not a code of ours");
  }

  /** Fails as functions should not. */
  public long number(String value) {
    return Long.parseLong(value);
  }

  /** An object that could be changed. */
  public Map<String, Object> changeable() {
    return new HashMap<>(Map.of("list", new ArrayList<>(List.of("one"))));
  }

  String notPublic() {
    return "secret";
  }
}
