package d2s.engine.catalog;

import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;

/**
 * Catalogs as YAML files: one line for a column, a key or a sequence, always in the same order, so
 * that a change of a schema shows as a few changed lines.
 *
 * <pre>
 * catalog: shop-3
 * version: '3'
 * tables:
 *   orders:
 *     columns:
 *       id: int8 not null default nextval('orders_id_seq'::regclass)
 *       customer: int8 not null
 *       note: varchar(200)
 *     primary key: {orders_pkey: [id]}
 *     unique keys:
 *       orders_open: {columns: [customer], where: (note IS NULL)}
 *     foreign keys:
 *       orders_customer_fkey: {columns: [customer], table: customers, target: [id]}
 *     checks: [(customer > 0)]
 * sequences:
 *   orders_id_seq: {owner: [orders, id]}
 * </pre>
 *
 * <p>A column is written as in SQL: its type, {@code not null}, and {@code default} with an
 * expression, or {@code identity always}, {@code identity by default}, or {@code generated} with an
 * expression. A sequence counts in int8 from 1 by 1 without limit where nothing else is said.
 */
public final class CatalogYaml {

  private CatalogYaml() {}

  /** Writes a catalog. The same catalog always gives the same text. */
  public static void write(Catalog catalog, Writer out) throws IOException {
    CatalogYamlWriter.write(catalog, out);
  }

  /**
   * Reads a catalog.
   *
   * @param source what to call the file in messages
   * @throws CatalogException if it is not a catalog; the message says where and what is wrong
   */
  public static Catalog read(Reader in, String source) {
    return CatalogYamlReader.read(in, source);
  }
}
