/**
 * Queries on both databases, row by row: one alone, two in step, or several in step by the same
 * key. No more than the rows of one key are in memory.
 */
package d2s.matrix.verification.rows;
