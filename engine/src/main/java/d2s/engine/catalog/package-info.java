/**
 * Catalogs and small databases as files: a {@link d2s.engine.schema.Catalog} in, YAML out, and
 * back; and what differs between two of them.
 */
package d2s.engine.catalog;
