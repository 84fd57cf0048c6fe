/**
 * Recorded and generated Dendrites come in, are migrated by the command line, and what a real
 * Synapse makes of them is held against what Dendrite answered.
 */
package d2s.acceptance;
