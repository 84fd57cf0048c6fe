/** What the commands print: progress, tables, results. */
package d2s.cli.output;
