package d2s.engine.mapping;

import d2s.engine.yaml.Text;

/**
 * What a sequence must have reached after the load.
 *
 * @param sql a scalar SQL expression over the target; the sequence never goes below what it already
 *     has
 */
public record SequenceValue(Text sequence, Text sql, VersionRange versions) {}
