/**
 * Recordings of a real Dendrite: files come in, and its database, its people and its answers go
 * out.
 */
package d2s.acceptance.recording;
