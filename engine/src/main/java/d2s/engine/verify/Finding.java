package d2s.engine.verify;

/**
 * One thing that is wrong.
 *
 * @param what its ids
 */
public record Finding(String what, String wrong) {}
