/** The frame of every page of the site, and the pieces and pictures that pages are made of. */
package d2s.cli.page;
