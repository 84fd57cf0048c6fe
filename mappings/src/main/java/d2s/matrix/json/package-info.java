/**
 * JSON text in; slices of it, plain values, its canonical form, and text that PostgreSQL can hold
 * out.
 */
package d2s.matrix.json;
