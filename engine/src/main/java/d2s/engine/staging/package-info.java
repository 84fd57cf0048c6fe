/**
 * Brings a source that is kept in several databases, or in SQLite files, together in one PostgreSQL
 * database, so that everything after it sees the tables that it knows.
 *
 * <p>{@link d2s.engine.staging.Origin} is one such database or file, {@link
 * d2s.engine.staging.Distribution} says which table comes from which, {@link
 * d2s.engine.staging.Staging} copies the rows. Nothing is ever written to an origin.
 */
package d2s.engine.staging;
