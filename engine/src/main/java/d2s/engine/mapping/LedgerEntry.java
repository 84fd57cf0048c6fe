package d2s.engine.mapping;

import d2s.engine.yaml.Text;

/**
 * A table or column that no mapping reads or fills, with the reason for it.
 *
 * @param side {@link Side#SOURCE}: it is not carried over; {@link Side#TARGET}: it starts empty or
 *     with its default
 * @param column null for a whole table
 * @param versions the target versions for which the entry is meant
 */
public record LedgerEntry(Side side, Text table, Text column, Text reason, VersionRange versions) {}
