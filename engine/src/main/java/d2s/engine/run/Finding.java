package d2s.engine.run;

/**
 * An expectation or a count of a mapping file that the loaded target does not meet.
 *
 * @param expectation what should be true
 * @param text what was found instead
 */
public record Finding(String mapping, String expectation, String text) {}
