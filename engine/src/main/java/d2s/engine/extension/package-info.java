/**
 * What hooks, functions and verifications are written against: rows come in, rows or findings go
 * out. Nothing here depends on the rest of the engine.
 */
package d2s.engine.extension;
