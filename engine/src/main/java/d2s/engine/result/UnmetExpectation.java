package d2s.engine.result;

/**
 * An expectation or a count of a mapping file that the loaded target does not meet.
 *
 * @param expectation what should be true
 * @param text what was found instead
 */
public record UnmetExpectation(String mapping, String expectation, String text) {}
