/** A mapping set and a catalog in, the tables and columns that nothing accounts for out. */
package d2s.engine.ledger;
