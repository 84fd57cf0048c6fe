/** A mapping set and catalogs in, where every table and column goes and comes from out. */
package d2s.engine.docs;
