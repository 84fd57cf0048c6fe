/** A loaded target and its source in, findings out. */
package d2s.engine.verify;
