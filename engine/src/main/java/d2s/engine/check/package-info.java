/** Mappings and catalogs in, bound mappings out whose names and types fit, or the problems. */
package d2s.engine.check;
