package d2s.engine.spec;

/**
 * Source rows that cannot be carried over. They are counted and named in the report.
 *
 * @param when the condition
 * @param what names the thing, e.g. an id
 * @param reason why, and what that means, for the person who reads the report
 */
public record Skip(Value.Expression when, Value.Expression what, Text reason) {}
