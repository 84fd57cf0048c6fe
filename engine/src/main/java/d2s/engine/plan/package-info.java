/** Bound mappings in, ordered steps out. */
package d2s.engine.plan;
