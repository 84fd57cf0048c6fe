/**
 * What all packages need to speak to PostgreSQL: identifiers, errors without values of rows,
 * savepoints, cursors, connections that threads share.
 */
package d2s.engine.sql;
