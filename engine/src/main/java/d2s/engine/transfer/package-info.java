/** Rows that name files in, copied files out, and what is missing. */
package d2s.engine.transfer;
