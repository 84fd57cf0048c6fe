package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import java.util.List;

/**
 * Two numbers that must be equal once everything is loaded: a query on each side that returns one
 * row with one integer.
 *
 * <p>Both are written without looking at how the mapping gets its rows, because they are there to
 * find out when it gets too few or too many. What a run names as not carried over may be missing in
 * the target.
 *
 * @param name what is counted, as a sentence
 * @param unit the words for one of it and for several, where people ask for this number at the end
 *     of a run; otherwise empty
 */
public record Count(Text name, List<Text> unit, Text source, Text target) {}
