/**
 * Asks a homeserver: what was recorded of whom comes in, and the answers of the server go out, one
 * kind a name.
 */
package d2s.acceptance.probe;
