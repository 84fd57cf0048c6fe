/** The SQL of mapping files in, complete statements and the columns of their results out. */
package d2s.engine.query;
