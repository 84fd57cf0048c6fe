/**
 * Writes tables: rows come in from any generator, and go out with COPY into the tables of a
 * recorded schema.
 */
package d2s.generator.table;
