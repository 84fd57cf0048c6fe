/**
 * Writes the database of a Dendrite: a size and a seed come in, and the same rows go out each time.
 */
package d2s.generator;
