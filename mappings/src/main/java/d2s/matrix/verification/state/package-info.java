/** Proves that the state of every room is the same at every event. */
package d2s.matrix.verification.state;
