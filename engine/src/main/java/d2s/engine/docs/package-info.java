/** A checked mapping set in, the tables of its documentation out. */
package d2s.engine.docs;
