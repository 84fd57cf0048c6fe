package d2s.engine.spec;

/**
 * What a sequence must have reached after the load.
 *
 * @param sql a scalar SQL expression over the target; the sequence never goes below what it already
 *     has
 */
public record SequenceValue(Text sequence, Text sql, Gate gate) {}
