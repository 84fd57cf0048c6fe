/**
 * The examples of mapping files: held against catalogs, and tried with databases that are made of
 * them. Each runs as a migration runs, in transactions that are rolled back.
 */
package d2s.engine.examples;
