/**
 * What everything generated is drawn from: a size and a seed come in, and numbers and words go out,
 * the same each time.
 */
package d2s.generator.random;
