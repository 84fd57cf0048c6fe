/**
 * Proves that every event is there, readable, in its place, and that what was redacted stays
 * redacted.
 */
package d2s.matrix.verification.events;
