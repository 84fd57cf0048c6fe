/**
 * Mappings and catalogs in, bound mappings out whose names and types fit, or the problems; and the
 * ledger, which accounts for every column.
 */
package d2s.engine.check;
