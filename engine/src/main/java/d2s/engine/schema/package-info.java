/**
 * What a database looks like: its tables, columns, types, keys, foreign keys and sequences.
 *
 * <p>A {@link d2s.engine.schema.Catalog} is read from a live database or from a YAML file, so that
 * mapping files can be checked without any database; it can be compared with another one, and be
 * made into an empty database.
 */
package d2s.engine.schema;
