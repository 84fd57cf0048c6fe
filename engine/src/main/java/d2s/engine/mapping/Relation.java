package d2s.engine.mapping;

import d2s.engine.yaml.Position;
import d2s.engine.yaml.Text;

/**
 * Rows that a mapping reads: a table, or the result of a query.
 *
 * @param name how a hook knows it; empty where a mapping reads only one
 * @param side which database it is read from
 * @param table the table, or null where {@code sql} is given
 * @param sql the query, or null where {@code table} is given
 * @param where a condition on the table, or null
 * @param optional whether the table may be missing: then the mapping that reads it is left out
 */
public record Relation(
    String name, Side side, Text table, Text sql, Text where, boolean optional, Position at) {}
