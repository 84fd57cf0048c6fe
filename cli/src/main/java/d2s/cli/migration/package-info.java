/** Options in, one run of the migration or of the copying of files out, with its report. */
package d2s.cli.migration;
