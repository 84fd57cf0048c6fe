/** The schemas that the program knows, and recorded databases to try it on. */
package d2s.matrix.catalog;
