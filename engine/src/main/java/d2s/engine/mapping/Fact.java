package d2s.engine.mapping;

import d2s.engine.yaml.Literal;
import d2s.engine.yaml.Text;
import d2s.engine.yaml.Value;

/**
 * A value that is read once a run and usable in every expression, and in SQL as {@code :name}.
 *
 * @param sql a query with one row and one column, or any query if there is {@code each}; null where
 *     the value must be given by the caller
 * @param each what to make of every row of the query: an element of the list that the fact is then;
 *     null if the fact is the one value of the query
 * @param example what it is in examples that do not say it; null where it is asked there too
 */
public record Fact(
    Text name, Text description, Side side, Text sql, Value.Expression each, Literal example) {}
