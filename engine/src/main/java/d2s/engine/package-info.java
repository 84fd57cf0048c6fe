/**
 * Moves rows and files from one PostgreSQL database to another, as mapping files say. {@link
 * d2s.engine.Engine} is the way in for a program that uses it; it knows no product.
 *
 * <p>The packages in the order of the data flow; each uses only those before it:
 *
 * <ol>
 *   <li>{@link d2s.engine.extension}: what hooks, functions and verifications are written against
 *   <li>{@link d2s.engine.yaml}: YAML files to values, each with its place, and problems with
 *       theirs
 *   <li>{@link d2s.engine.mapping}: what a mapping file says
 *   <li>{@link d2s.engine.loader}: mapping files to a mapping set, or problems
 *   <li>{@link d2s.engine.function}: the functions that every expression may call
 *   <li>{@link d2s.engine.expression}: JEXL, made strict and fast
 *   <li>{@link d2s.engine.concurrent}: waiting for threads, and failures that cross them
 *   <li>{@link d2s.engine.sql}: identifiers, SQL texts, errors without values, cursors, connections
 *   <li>{@link d2s.engine.schema}: a live database to its catalog, and a catalog to DDL
 *   <li>{@link d2s.engine.catalog}: catalogs and small databases as files, and their differences
 *   <li>{@link d2s.engine.query}: the SQL of mapping files completed and described
 *   <li>{@link d2s.engine.bound}: mappings whose names and types fit two catalogs
 *   <li>{@link d2s.engine.check}: a mapping set and two catalogs to bound mappings, or problems
 *   <li>{@link d2s.engine.ledger}: a mapping set and a catalog to the columns that are not
 *       accounted for
 *   <li>{@link d2s.engine.plan}: bound mappings to ordered steps
 *   <li>{@link d2s.engine.result}: what a run reports: progress, steps, skipped things, files
 *   <li>{@link d2s.engine.files}: one file, one store, checked and atomic
 *   <li>{@link d2s.engine.staging}: a source in several databases or files to one database
 *   <li>{@link d2s.engine.prepare}: two databases to all that a run needs, or why it must not start
 *   <li>{@link d2s.engine.read}: rows out of the source, ahead, in groups, in one snapshot
 *   <li>{@link d2s.engine.write}: values to PostgreSQL's binary COPY
 *   <li>{@link d2s.engine.index}: what is dropped before a load and made again beside it
 *   <li>{@link d2s.engine.step}: one step of a run, and the scheduler of all
 *   <li>{@link d2s.engine.transfer}: files from one store to the other, as rows name them
 *   <li>{@link d2s.engine.run}: the transaction, and the checks before its commit
 *   <li>{@link d2s.engine.verify}: a loaded target held against its source
 *   <li>{@link d2s.engine.docs}: where each table and column goes and comes from, for readers
 * </ol>
 */
package d2s.engine;
