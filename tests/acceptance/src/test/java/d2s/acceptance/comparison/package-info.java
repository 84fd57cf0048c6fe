/**
 * Compares: the answers of two servers come in, and the differences that no rule explains go out.
 */
package d2s.acceptance.comparison;
