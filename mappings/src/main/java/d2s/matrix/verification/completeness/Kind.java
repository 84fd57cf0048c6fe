package d2s.matrix.verification.completeness;

import java.util.List;

/**
 * A kind of thing that must not be lost without a word.
 *
 * @param what what it is, for sentences
 * @param source a query on Dendrite's database with the columns {@code key} and {@code known_in},
 *     the table
 * @param target a query on Synapse's with the column {@code key}
 * @param tables those of Synapse that are asked
 */
record Kind(String what, String source, String target, List<String> tables) {}
