package d2s.engine.mapping;

import d2s.engine.yaml.Text;

/**
 * An invariant of the loaded target: a query that must return no row.
 *
 * @param name what should be true, as a sentence
 */
public record Expectation(Text name, Side side, Text sql) {}
