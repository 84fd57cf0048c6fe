package d2s.engine.verify;

/**
 * One thing of a loaded target that is not right.
 *
 * @param what its ids
 * @param reason what is wrong with it, without any content of it
 */
public record Finding(String what, String reason) {}
