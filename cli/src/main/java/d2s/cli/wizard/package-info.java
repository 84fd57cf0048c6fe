/** Leads through a migration by proposing one command after another. */
package d2s.cli.wizard;
