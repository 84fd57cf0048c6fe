/** Groups of options that several commands share, and what they resolve to. */
package d2s.cli.options;
