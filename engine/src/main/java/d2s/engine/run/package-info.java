/**
 * Everything prepared in, a loaded target out: one transaction, in which steps run side by side.
 */
package d2s.engine.run;
