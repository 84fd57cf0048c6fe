/**
 * Indexes and keys of tables that take many rows: dropped before, and made again as they were
 * after.
 */
package d2s.engine.index;
