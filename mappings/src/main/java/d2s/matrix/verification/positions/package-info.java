/**
 * Proves that Synapse starts, that its sequences stand above its rows, and that old sync tokens go
 * on.
 */
package d2s.matrix.verification.positions;
