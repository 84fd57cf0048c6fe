/**
 * Catalogs of two databases in, their difference and the problems of mapping files with them out.
 */
package d2s.cli.schemas;
