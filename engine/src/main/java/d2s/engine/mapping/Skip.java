package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import d2s.engine.yaml.Value;
import java.util.List;

/**
 * Source rows that cannot be carried over. They are counted and named in the report.
 *
 * @param when the condition; null where {@code onError} is given
 * @param onError the name of a let whose failure is the condition, or {@link #ANY}; null where
 *     {@code when} is given
 * @param repeats columns or lets: the row is skipped if an earlier one has the same values in all
 *     of them; empty where another condition is given
 * @param item names the thing, e.g. an id
 * @param reason why, and what that means, for the person who reads the report
 */
public record Skip(
    Value.Expression when, Text onError, List<Text> repeats, Value.Expression item, Text reason) {

  public Skip {
    repeats = List.copyOf(repeats);
  }

  /** Instead of the name of a let: whatever fails for the row, values of columns too. */
  public static final String ANY = "any";
}
