/**
 * The stored JSON of an event in; its parts, its id and the JSON for Synapse out. The functions
 * {@code matrix:...} are here.
 */
package d2s.matrix.event;
