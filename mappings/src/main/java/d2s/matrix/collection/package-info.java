/** Lists and maps of primitive numbers, for rooms with millions of state events. */
package d2s.matrix.collection;
