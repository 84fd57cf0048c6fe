/**
 * Queries in, rows out: ahead of whoever takes them, in groups, from one snapshot of the source.
 */
package d2s.engine.read;
