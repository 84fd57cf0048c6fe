/**
 * Servers that the program starts for itself, in a temporary directory and on the loopback
 * interface: a PostgreSQL and a Synapse.
 */
package d2s.cli.sandbox;
