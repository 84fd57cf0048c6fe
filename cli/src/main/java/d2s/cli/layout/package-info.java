/**
 * Where a Dendrite keeps its tables, and the one database in which all of them are for the time of
 * a command.
 */
package d2s.cli.layout;
